/** Where a command writes. Lines carry no line end. */
export type Io = {
  out(line: string): void;
  err(line: string): void;
  /** Bytes as they are, for files that are printed. */
  write(bytes: Uint8Array | string): void;
  readonly terminal: boolean;
  readonly colour: boolean;
  readonly columns: number;
  /** Redraws a block of lines at the same place; only on a terminal. */
  redraw(block: string): void;
  /** Leaves the last block standing. */
  redrawDone(): void;
  /** Shows a line on stderr in place of the one before; undefined takes it away. Only on a terminal. */
  progress?(line: string | undefined): void;
};

/** Exit code of a command: 0 done, 1 it found or met a problem, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;
