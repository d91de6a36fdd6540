import type { Mac } from '../../wire/mac.ts';

/** What speaks for a phone behind an address. */
export type EvidenceKind =
  'lease' | 'neighbour' | 'register' | 'switch-port' | 'file-name' | 'earlier-request';

export type EvidenceRow = {
  /** How much is to be given for it, in percent. */
  readonly score: number;
  /** Whether it says which MAC the address belongs to, and not only what somebody there said. */
  readonly holds: boolean;
  /** Whether the request itself says it, and is not to be believed where the address is another's. */
  readonly ofRequest?: true;
  readonly text: string;
  readonly source: string;
};

/** What each kind is worth. */
export const evidenceKinds: Readonly<Record<EvidenceKind, EvidenceRow>> = {
  lease: {
    score: 90,
    holds: true,
    text: 'lease of this server',
    source: 'RFC 2131 section 2.2: an address is allocated to one client at a time',
  },
  neighbour: {
    score: 80,
    holds: true,
    text: 'neighbour table',
    source: 'RFC 826: the host asked the link for the address and this MAC answered',
  },
  'file-name': {
    score: 60,
    holds: false,
    ofRequest: true,
    text: 'MAC in the file name',
    source: 'the phones ask for their own files by their MAC; so can anybody',
  },
  register: {
    score: 50,
    holds: false,
    text: 'registration from this address',
    source: 'RFC 3261 section 10.3: the contact of a registration',
  },
  'earlier-request': {
    score: 40,
    holds: false,
    text: 'address of its earlier request',
    source: 'as good as the file name of that request, and older',
  },
  'switch-port': {
    score: 30,
    holds: false,
    text: 'port of the switch that its lease came by',
    source: 'RFC 3046 section 2: written by the switch, not by the phone',
  },
};

/** One thing that speaks for a MAC. */
export type Evidence = { readonly kind: EvidenceKind; readonly mac: Mac };
