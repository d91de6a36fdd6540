import { acknowledgeOptions, readOptions } from '../../codec/tftp/options.ts';
import type { OptionValues } from '../../codec/tftp/options.ts';
import type { TftpOption } from '../../codec/tftp/packet.ts';

/** How a transfer is done. */
export type TransferTerms = {
  readonly blockSize: number;
  readonly windowSize: number;
  /** Milliseconds between retransmissions; undefined leaves them to the server. */
  readonly retryMs: number | undefined;
  /** The options that an OACK has to name; without any there is no OACK. */
  readonly acknowledged: readonly TftpOption[];
};

const defaultBlockSize = 512;
const maxWindowSize = 64;

/** What a server grants a client that reads `size` bytes. RFC 2347. */
export function grantTerms(requested: readonly TftpOption[], size: number): TransferTerms {
  const { blksize, timeout, tsize, windowsize } = readOptions(requested);
  const granted: OptionValues = {
    blksize,
    timeout,
    // curl takes the true size of an empty file for an error.
    tsize: tsize === undefined || size === 0 ? undefined : size,
    windowsize: windowsize === undefined ? undefined : Math.min(windowsize, maxWindowSize),
  };
  return {
    blockSize: blksize ?? defaultBlockSize,
    windowSize: granted.windowsize ?? 1,
    retryMs: timeout === undefined ? undefined : timeout * 1000,
    acknowledged: acknowledgeOptions(requested, granted),
  };
}
