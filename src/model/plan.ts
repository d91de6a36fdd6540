/** Whether field reports count beside the vendor's documents. */
export const planModes = ['cautious', 'direct'] as const;
export type PlanMode = (typeof planModes)[number];

/** How well a rule is founded: a vendor's document, one good field report, less than that. */
export type Confidence = 'high' | 'medium' | 'low';

/** Why a hop is as it is: a named rule and the document that states it. */
export type Why = {
  readonly rule: string;
  readonly source: string;
  readonly confidence: Confidence;
};

/** A file with its text. */
export type TextFile = { readonly path: string; readonly content: string };

/**
 * What a hop tells the phone to load: the family's renderer writes it into the files that the phone
 * reads. Keys are the family's own.
 */
export type LoadOrder = Readonly<Record<string, string>>;

/** One step between two images, as a family's rules allow it. */
export type UpgradeStep = {
  /** The phone runs this image when the step is done. */
  readonly image: string;
  /** Letter of the vendor's procedure, e.g. `B`. */
  readonly procedure: string;
  readonly order: LoadOrder;
  /** Paths that the phone must not find while the step lasts; `<MAC>` stands for its MAC. */
  readonly absent: readonly string[];
  /** Firmware that the library must hold for it. */
  readonly firmware: readonly string[];
  readonly why: readonly Why[];
};

/** A step with the files that the phone must find during it. */
export type Hop = UpgradeStep & { readonly files: readonly TextFile[] };

/** Why there is no step or no plan. */
export type Refusal = {
  readonly code: string;
  readonly text: string;
  /** The document or report that states the rule, where it is not this program's own. */
  readonly source?: string;
  readonly confidence?: Confidence;
};

/** The way that would have been taken if the library had its images. */
export type PreferredWay = {
  readonly images: readonly string[];
  /** Names of files that the library lacks for it. */
  readonly lacks: readonly string[];
  /** The rule that the way taken does not keep. */
  readonly rule?: Refusal;
};

/** No way; `rules` is every rule met on the search, the one against the direct step first. */
export type NoWay = {
  readonly possible: false;
  readonly reason: Refusal;
  readonly rules: readonly Refusal[];
};

export type Plan =
  | { readonly possible: true; readonly hops: readonly Hop[]; readonly preferred?: PreferredWay }
  | NoWay;
