import type { Generated } from 'kysely';

/**
 * The tables, the same in every database. Times are milliseconds since the epoch; columns that say
 * JSON are text.
 */
export type Database = {
  readonly schema_version: SchemaVersionTable;
  readonly phones: PhoneTable;
  readonly progress: ProgressTable;
  readonly ties: TieTable;
  readonly boots: BootTable;
  readonly requests: RequestTable;
  readonly boot_events: BootEventTable;
  readonly served: ServedTable;
  readonly progress_log: ProgressLogTable;
  readonly findings: FindingTable;
  readonly rollouts: RolloutTable;
  readonly rollout_phones: RolloutPhoneTable;
  readonly rollout_log: RolloutLogTable;
  readonly rollout_intents: RolloutIntentTable;
  readonly watched: WatchedTable;
  readonly leases: LeaseTable;
  readonly bindings: BindingTable;
  readonly restarts: RestartTable;
  readonly revisions: RevisionTable;
  readonly services: ServiceTable;
};

/** One row for each migration that was applied. */
export type SchemaVersionTable = {
  readonly version: number;
  readonly name: string;
};

export type PhoneTable = {
  readonly mac: string;
  readonly family: string;
  readonly model: string;
  readonly image: string | null;
  readonly running: string | null;
  /** JSON */
  readonly labels: string;
  /** JSON */
  readonly settings: string;
};

export type ProgressTable = {
  readonly mac: string;
  readonly from_image: string;
  readonly because: string;
  readonly target: string;
  /** JSON */
  readonly steps: string;
  readonly step: number;
  readonly state: string;
  readonly attempts: number;
  readonly reason: string;
  readonly updated_at: number;
  /** JSON */
  readonly refused: string | null;
};

/** Every progress that was put. */
export type ProgressLogTable = {
  readonly id: Generated<number>;
  readonly mac: string;
  readonly at: number;
  readonly from_image: string;
  readonly target: string;
  /** JSON */
  readonly hops: string;
  readonly step: number;
  readonly state: string;
  readonly attempts: number;
  readonly reason: string;
};

/** What is wrong with a phone; the key is phone and code. */
export type FindingTable = {
  readonly mac: string;
  readonly code: string;
  readonly at: number;
  readonly severity: string;
  readonly text: string;
  readonly consequence: string | null;
  readonly cure: string | null;
};

export type RolloutTable = {
  readonly name: string;
  readonly state: string;
  /** JSON: all of it. */
  readonly rollout: string;
};

/** One phone in one rollout; the key is both. */
export type RolloutPhoneTable = {
  readonly rollout: string;
  readonly mac: string;
  readonly state: string;
  /** 1 where the phone may be in no other rollout: unique among those rows. */
  readonly open: number;
  /** JSON: all of it. */
  readonly phone: string;
};

/** Every state that a phone had in a rollout. */
export type RolloutLogTable = {
  readonly id: Generated<number>;
  readonly rollout: string;
  readonly mac: string;
  readonly at: number;
  readonly state: string;
  readonly reason: string;
  readonly cause: string | null;
  readonly hop: number;
  readonly hops: number;
  readonly asked: number;
};

export type RolloutIntentTable = {
  readonly id: Generated<number>;
  readonly rollout: string;
  readonly order: string;
  readonly at: number;
};

/** Who holds an address; of those whose client is no phone as well. */
export type LeaseTable = {
  /** The address as an unsigned 32-bit number. */
  readonly address: number;
  readonly mac: string | null;
  readonly client_id: string;
  readonly state: string;
  readonly started_at: number;
  /** None where it is for ever. */
  readonly expires_at: number | null;
  readonly host_name: string | null;
  readonly vendor_class: string | null;
  readonly relay_information: string | null;
};

export type TieTable = {
  readonly address: string;
  readonly mac: string;
  readonly seen_at: number;
};

/** Not tied to `phones`: what is not in the inventory boots too, and the operator wants to see it. */
export type BootTable = {
  readonly id: Generated<number>;
  readonly mac: string;
  readonly started_at: number;
};

/** What each phone last took; the key is phone and path. */
export type ServedTable = {
  readonly mac: string;
  readonly path: string;
  readonly at: number;
  readonly source: string;
  readonly size: number;
  readonly sha256: string;
  readonly text: string | null;
};

export type RequestTable = {
  readonly id: Generated<number>;
  readonly boot_id: number;
  readonly at: number;
  readonly protocol: string;
  readonly address: string;
  readonly port: number;
  readonly path: string;
  readonly outcome: string;
  readonly bytes: number;
  readonly retries: number;
  readonly source: string | null;
  readonly tie: string;
};

/** How far each phone was followed. */
export type WatchedTable = {
  readonly mac: string;
  readonly family: string;
  readonly form: number;
  /** JSON */
  readonly state: string;
  readonly boot_id: number | null;
};

export type BootEventTable = {
  readonly id: Generated<number>;
  readonly boot_id: number;
  readonly at: number;
  readonly protocol: string;
  readonly address: string | null;
  /** JSON */
  readonly happening: string;
};

/** Registrations; the key is user and contact. */
export type BindingTable = {
  readonly user_name: string;
  readonly contact: string;
  readonly mac: string;
  readonly call_id: string;
  readonly sequence: number;
  /** Thousandths. */
  readonly q: number | null;
  readonly registered_at: number;
  readonly expires_at: number;
  readonly transport: string;
  readonly address: string;
  readonly port: number;
  readonly local: string | null;
  readonly user_agent: string | null;
};

/** Phones that an operator asked to restart. */
export type RestartTable = {
  readonly mac: string;
  readonly asked_at: number;
  readonly kind: string;
  readonly token: string;
  readonly state: string;
  readonly text: string;
};

/** How often files of phones have changed; the key is phone and path. */
export type RevisionTable = {
  readonly mac: string;
  readonly path: string;
  readonly revision: number;
  readonly sha256: string;
  /** 0 or 1. */
  readonly forced: number;
  readonly at: number;
};

/** What services were provisioned with; the last one of a name counts. */
export type ServiceTable = {
  readonly id: Generated<number>;
  readonly name: string;
  readonly state: string;
  /** JSON */
  readonly settings: string;
  readonly changed_at: number;
  readonly text: string;
};
