import type { RequestOutcome } from '../../model/boot.ts';
import type { TftpPacket } from '../../codec/tftp/packet.ts';
import type { TransferTerms } from './terms.ts';

/**
 * A file on its way to a client. Blocks are counted from 1 without end; on the wire their numbers
 * roll over from 65535 to 0. An OACK counts as block 0. Times are milliseconds of any clock that
 * never goes back.
 */
export type Transfer = {
  readonly content: Uint8Array;
  readonly terms: TransferTerms;
  /** The last block that the client has; -1 as long as an OACK is unanswered. */
  readonly taken: number;
  /** The last block that was sent. */
  readonly sent: number;
  /** Times that the block after `taken` was sent, and how often that may be. */
  readonly sends: number;
  readonly maxSends: number;
  /** The present window was already sent again because the client asked for it. */
  readonly resumed: boolean;
  /** Times that anything was sent again. */
  readonly retries: number;
  readonly heardAt: number;
  /** When `expire` wants to be called. */
  readonly dueAt: number;
  readonly outcome?: Extract<RequestOutcome, 'sent' | 'aborted' | 'timed-out'>;
};

/** What became of a transfer, and the packets to send now. */
export type Step = { readonly transfer: Transfer; readonly send: readonly TftpPacket[] };

const blockNumberMask = 0xffff;
const firstRetryMs = 1000;
const lastRetryMs = 8000;
/** Times that a block is sent to a client that does not answer. */
const usualSends = 6;
/**
 * The same for the first packet to an address that may be forged: as many as a lost packet or two
 * need. A client that is there asks again.
 */
const unprovenSends = 3;

/** `isProven`: the request is known to have come from the address that it names. */
export function startTransfer(
  content: Uint8Array,
  terms: TransferTerms,
  now: number,
  isProven = true,
): Step {
  const taken = terms.acknowledged.length > 0 ? -1 : 0;
  const maxSends = isProven ? usualSends : unprovenSends;
  const silent = { resumed: false, retries: 0, heardAt: now, dueAt: now };
  return sendWindow({ content, terms, taken, sent: taken, sends: 0, maxSends, ...silent }, now);
}

/** The client acknowledged a block, by its number on the wire. */
export function acknowledge(transfer: Transfer, block: number, now: number): Step {
  if (transfer.outcome) return quiet(transfer);
  const { taken, sent, terms } = transfer;
  const ahead = (block - taken) & blockNumberMask;
  if (ahead > sent - taken) return quiet(transfer);
  const heard = { ...transfer, heardAt: now };
  if (ahead > 0) return progress(heard, taken + ahead, now);
  // RFC 1123 section 4.2.3.1: in lock-step a repeated ACK never causes data to be sent. With
  // windows it says that the window's first block was lost (RFC 7440 section 4): heeded once, lest
  // every copy of an ACK start a copy of the window.
  const repeatable = terms.windowSize > 1 && taken >= 0;
  if (!repeatable || transfer.resumed || transfer.sends >= transfer.maxSends) return quiet(heard);
  return sendWindow({ ...heard, resumed: true, retries: heard.retries + 1 }, now);
}

/** To be called at `dueAt`; earlier calls change nothing. */
export function expire(transfer: Transfer, now: number): Step {
  if (transfer.outcome || now < transfer.dueAt) return quiet(transfer);
  if (transfer.sends >= transfer.maxSends) return quiet({ ...transfer, outcome: 'timed-out' });
  return sendWindow({ ...transfer, resumed: false, retries: transfer.retries + 1 }, now);
}

export function abort(transfer: Transfer): Step {
  return quiet(transfer.outcome ? transfer : { ...transfer, outcome: 'aborted' });
}

/** Bytes of the content that the client has. */
export function bytesTaken({ taken, terms, content }: Transfer): number {
  return Math.min(Math.max(taken, 0) * terms.blockSize, content.length);
}

/**
 * Should the client ask for the file again, it does not mean this transfer: that is over, or the
 * client took something and then fell silent for as long as a block waits for its first
 * retransmission.
 */
export function isAbandoned({ outcome, taken, terms, heardAt }: Transfer, now: number): boolean {
  if (outcome) return true;
  const progressed = taken > 0 || (taken === 0 && terms.acknowledged.length > 0);
  return progressed && now - heardAt >= (terms.retryMs ?? firstRetryMs);
}

function progress(transfer: Transfer, taken: number, now: number): Step {
  const lost = taken < transfer.sent ? 1 : 0;
  const retries = transfer.retries + lost;
  const fresh = { sends: 0, maxSends: usualSends, resumed: false };
  const moved: Transfer = { ...transfer, ...fresh, taken, retries };
  return taken === lastBlock(moved) ? quiet({ ...moved, outcome: 'sent' }) : sendWindow(moved, now);
}

function sendWindow(transfer: Transfer, now: number): Step {
  const { taken, terms } = transfer;
  const sends = transfer.sends + 1;
  const sent = taken < 0 ? 0 : Math.min(taken + terms.windowSize, lastBlock(transfer));
  const send: TftpPacket[] = [];
  for (let block = taken + 1; block <= sent; block++) send.push(packetOf(transfer, block));
  const wait = terms.retryMs ?? Math.min(firstRetryMs * 2 ** (sends - 1), lastRetryMs);
  return { transfer: { ...transfer, sent, sends, dueAt: now + wait }, send };
}

function packetOf({ content, terms }: Transfer, block: number): TftpPacket {
  if (block === 0) return { kind: 'oack', options: terms.acknowledged };
  const end = block * terms.blockSize;
  const data = content.subarray(end - terms.blockSize, end);
  return { kind: 'data', block: block & blockNumberMask, data };
}

/** The first block that is not full, be it empty. RFC 1350 section 6. */
function lastBlock({ content, terms }: Transfer): number {
  return Math.floor(content.length / terms.blockSize) + 1;
}

function quiet(transfer: Transfer): Step {
  return { transfer, send: [] };
}
