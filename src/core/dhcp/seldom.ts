/** Whether something may be told again. */
export type Seldom = (key: string, now: number) => boolean;

const mostKeys = 4096;

/** Each key once in `everyMs`. */
export function createSeldom(everyMs: number): Seldom {
  const told = new Map<string, number>();
  return (key, now) => {
    const last = told.get(key);
    if (last !== undefined && Math.abs(now - last) < everyMs) return false;
    if (told.size >= mostKeys) told.clear();
    told.set(key, now);
    return true;
  };
}
