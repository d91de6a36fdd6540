import { PackageError } from './package-error.ts';

export type PackageLimits = {
  /** Bytes of a file. */
  readonly fileBytes: number;
  /** Bytes of all files of a package. */
  readonly allBytes: number;
  readonly entries: number;
  /** Bytes that may come out of each byte of a package, once `ratioFrom` bytes have come out. */
  readonly ratio: number;
  readonly ratioFrom: number;
};

const mebibyte = 1024 * 1024;

/** Firmware is compressed already or has a few megabytes: real packages stay far below. */
export const packageLimits: PackageLimits = {
  fileBytes: 256 * mebibyte,
  allBytes: 2048 * mebibyte,
  entries: 10_000,
  ratio: 100,
  ratioFrom: 16 * mebibyte,
};

/** Counts what comes out of one package; each function throws a PackageError at its limit. */
export type Budget = {
  entry(): void;
  /** Bytes that have come out. */
  out(bytes: number): void;
  /** Bytes that a file has, or claims to have. */
  file(bytes: number): void;
};

export function budgetOf(limits: PackageLimits, packageBytes: number): Budget {
  let entries = 0;
  let all = 0;
  return {
    entry() {
      if (++entries > limits.entries) throw tooLarge(`it has more than ${limits.entries} files`);
    },
    out(bytes) {
      all += bytes;
      if (all > limits.allBytes) throw tooLarge(`more than ${limits.allBytes} bytes come out`);
      if (all > limits.ratioFrom && all > packageBytes * limits.ratio)
        throw tooLarge(`more than ${limits.ratio} bytes come out of each of its ${packageBytes}`);
    },
    file(bytes) {
      if (bytes > limits.fileBytes)
        throw tooLarge(`a file in it has more than ${limits.fileBytes} bytes`);
    },
  };
}

function tooLarge(text: string): PackageError {
  return new PackageError('package-too-large', text);
}
