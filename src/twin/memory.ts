/** Firmware that is being stored. */
export type Storing = {
  readonly part: 'loader' | 'application' | 'component' | 'load';
  readonly image: string;
  /** Bytes that are written to the flash chip. */
  readonly size: number;
};

/** Where a phone's memory is kept without power. */
export type Memory<T> = {
  read(): T;
  /** Safe when it returns. `storing` says that firmware is written, not settings alone. */
  write(next: T, storing?: Storing): void;
};

export function memoryWith<T>(first: T): Memory<T> {
  let kept = first;
  return { read: () => kept, write: (next) => void (kept = next) };
}
