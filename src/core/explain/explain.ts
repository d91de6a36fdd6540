import type { Diagnosed, Diagnosis } from '../../model/diagnosis.ts';
import type { PhoneFamily, Recognised, Traces } from '../../model/family.ts';
import type { Observation } from '../../model/observation.ts';
import type { Phone } from '../../model/phone.ts';
import type {
  AskedFile,
  PhoneStory,
  Reach,
  SiteStory,
  StandingFinding,
} from '../../model/story.ts';
import { dhcpSeen, isSent, seenOf } from '../../model/story-questions.ts';
import type { Mac } from '../../wire/mac.ts';
import { askedFiles } from './asked-files.ts';
import { groupPhones, type Client } from './group-phones.ts';
import { ranked } from './rank.ts';
import { reachOf } from './reach.ts';
import { followBoots, type TextOf } from './story-boots.ts';

export type ExplainOptions = {
  readonly families: readonly PhoneFamily[];
  /** Diagnoses that hold for phones of any family, and of none. */
  readonly common: readonly Diagnosis[];
  /** The observations are packets of a capture: what is not in it did not happen. */
  readonly packets?: boolean;
  /** When the source ends, where it ends later than its last observation. */
  readonly endedAt?: number;
  /** What an inventory knows of the phone; left out where there is none. */
  readonly phoneOf?: (mac: Mac) => Phone | undefined;
  readonly textOf?: TextOf;
  /** Findings that were kept of the phone. */
  readonly standing?: readonly StandingFinding[];
};

/** What one phone did, what is wrong with it, the first thing first. */
export type Explained = {
  readonly story: PhoneStory;
  readonly because: string;
  readonly diagnoses: readonly Diagnosed[];
  /** No error and no warning. */
  readonly isWell: boolean;
};

export type Explanation = {
  readonly phones: readonly Explained[];
  /** Clients that are no phones. */
  readonly others: number;
};

type Known = {
  readonly client: Client;
  readonly family: PhoneFamily | undefined;
  readonly recognised: Recognised | undefined;
  readonly phone: Phone | undefined;
};

/** What phones did, by anything that was seen of them, and what is wrong. */
export function explain(
  observations: readonly Observation[],
  options: ExplainOptions,
): Explanation {
  const { clients, others } = groupPhones(observations, options.families);
  const known = clients.map((client) => knownOf(client, options));
  const sure = known.filter(isPhone);
  const phones = sure.length > 0 ? sure : known;
  const reach = reachOf(observations, options.packets ?? false);
  const endedAt = observations.reduce(
    (latest, { at }) => Math.max(latest, at),
    options.endedAt ?? 0,
  );
  const filesOf = new Map(
    clients.map((client) => [client, askedFiles(client.observations, reach, endedAt)]),
  );
  const files = [...filesOf.values()].flat();
  const site = siteOf(observations, others, endedAt, files);
  const sent = (some: readonly AskedFile[]) => some.filter(isSent).length;
  const all = sent(files);
  const storyOf = (known: Known) => {
    const own = filesOf.get(known.client) ?? [];
    const servesOthers = all > sent(own);
    return explained(known, own, reach, { ...site, servesOthers }, options);
  };
  return {
    phones: phones.map(storyOf),
    others: clients.length - phones.length,
  };
}

function knownOf(client: Client, { families, phoneOf }: ExplainOptions): Known {
  const phone = client.mac === undefined ? undefined : phoneOf?.(client.mac);
  const traces = tracesOf(client.observations);
  const found = families
    .map((family) => ({ family, recognised: family.recognise?.(traces) }))
    .toSorted((a, b) => (b.recognised?.score ?? 0) - (a.recognised?.score ?? 0))
    .find(({ recognised }) => recognised !== undefined);
  const own = families.find(({ id }) => id === phone?.family);
  return { client, phone, family: own ?? found?.family, recognised: found?.recognised };
}

/** Computers ask for addresses as well. */
function isPhone({ client, family }: Known): boolean {
  const asks = new Set(['file-asked', 'file-ended', 'sip', 'unistim']);
  return family !== undefined || client.observations.some((each) => asks.has(each.happening.kind));
}

function tracesOf(observations: readonly Observation[]): Traces {
  const dhcp = dhcpSeen(observations, 'discover', 'request', 'inform').map((each) => each.dhcp);
  const given = (values: readonly (string | undefined)[]) => [
    ...new Set(values.filter((value) => value !== undefined)),
  ];
  const asked = [...seenOf(observations, 'file-asked'), ...seenOf(observations, 'file-ended')];
  return {
    paths: given(asked.map(({ happening }) => happening.path)),
    vendorClasses: given(dhcp.map(({ vendorClass }) => vendorClass)),
    hostNames: given(dhcp.map(({ hostName }) => hostName)),
    userAgents: given(seenOf(observations, 'sip').map(({ happening }) => happening.userAgent)),
  };
}

function siteOf(
  observations: readonly Observation[],
  others: readonly Observation[],
  endedAt: number,
  files: readonly AskedFile[],
): Omit<SiteStory, 'servesOthers'> {
  const sent = files.filter(({ outcome }) => outcome === 'sent');
  const servers = sent.map(({ server }) => server).filter((server) => server !== undefined);
  return {
    sent: new Map(sent.map(({ name }) => [name.toLowerCase(), name])),
    asked: new Set(files.map(({ name }) => name)),
    servers: new Set(servers),
    notes: [...observations.filter(isNote), ...others.filter((each) => !isNote(each))],
    offers: seenOf(observations, 'dhcp').filter(
      ({ happening: { dhcp } }) => dhcp.message === 'offer' || dhcp.message === 'ack',
    ),
    endedAt,
  };
}

function isNote({ happening }: Observation): boolean {
  return happening.kind === 'server-note';
}

function explained(
  { client, family, recognised, phone }: Known,
  files: readonly AskedFile[],
  reach: Reach,
  site: SiteStory,
  options: ExplainOptions,
): Explained {
  const { observations } = client;
  const { textOf } = options;
  const { boots, standing } = followBoots({
    ...{ observations, files, family, endedAt: site.endedAt, textOf },
  });
  const [first] = observations;
  const last = boots.at(-1) ?? emptyBoot(first?.at ?? 0);
  const model = phone?.model ?? recognised?.model;
  const story: PhoneStory = {
    ...(client.mac === undefined ? {} : { mac: client.mac }),
    ...(client.address === undefined ? {} : { address: client.address }),
    ...(family ? { family: family.id } : {}),
    ...(model === undefined ? {} : { model }),
    ...(options.phoneOf ? { inInventory: phone !== undefined } : {}),
    ...{ boots, last, files, observations, reach },
    standing: [...(options.standing ?? []), ...standing],
    site,
  };
  const diagnoses = diagnosed(story, [...(family?.diagnoses ?? []), ...options.common]);
  const because = recognised?.because ?? (phone ? 'it is in the inventory' : 'by nothing it did');
  const isWell = diagnoses.every(({ severity }) => severity === 'note');
  return { story, because, diagnoses, isWell };
}

function emptyBoot(at: number): PhoneStory['last'] {
  return {
    ...{ startedAt: at, lastAt: at, because: 'first seen', started: false },
    ...{ steps: [], files: [], phases: [] },
  };
}

/** A finding of the watch says what the phone is in, which something else may have brought about. */
const scoreOfFinding = 0.45;

function diagnosed(story: PhoneStory, rows: readonly Diagnosis[]): readonly Diagnosed[] {
  const matched = rows.flatMap(({ matches, ...row }): readonly Diagnosed[] => {
    const match = matches(story);
    return match ? [{ ...row, ...match }] : [];
  });
  const told = story.standing.map(({ finding, at, evidence }): Diagnosed => ({
    ...finding,
    ...{ at, evidence: [...evidence.slice(0, 3), ...evidence.slice(3).slice(-3)] },
    score: scoreOfFinding,
  }));
  return withHealth(ranked([...matched, ...told]));
}

/** That all is well is said of a phone of which nothing worse is known. */
function withHealth(found: readonly Diagnosed[]): readonly Diagnosed[] {
  const isWell = found.every(({ severity }) => severity === 'note');
  const well = found.filter(({ code }) => code === 'healthy');
  const rest = found.filter(({ code }) => code !== 'healthy');
  return isWell ? [...well, ...rest] : rest;
}
