/** Readings of two clocks, in milliseconds. */
export type Readings = {
  /** Since the epoch, in whole milliseconds: it jumps when somebody sets it. */
  wall(): number;
  /** Since any moment, in fractions of milliseconds: it never jumps. */
  steady(): number;
};

const thisMachine: Readings = { wall: () => Date.now(), steady: () => performance.now() };

/** Steps of the wall clock that are waited for to begin with, for as long as that may take. */
const waitMs = 3;

/**
 * The wall clock in fractions of milliseconds. What the steady clock says is held within the
 * millisecond that the wall clock says: that narrows down where its milliseconds begin, and follows
 * at once when it is set.
 */
export function realTime(readings: Readings = thisMachine): () => number {
  let offset = readings.wall() - readings.steady();

  function now(): number {
    const wall = readings.wall();
    const steady = readings.steady();
    offset = Math.max(offset, wall - steady);
    // Read a little later, the steady clock may be in the next millisecond already.
    if (steady + offset >= wall + 1) offset = latestWithin(readings, offset);
    return steady + offset;
  }

  const start = readings.steady();
  while (readings.steady() - start < waitMs) now();
  return now;
}

/** Between two readings of the same wall time, the steady clock is in that millisecond too. */
function latestWithin({ wall, steady }: Readings, offset: number): number {
  for (;;) {
    const before = wall();
    const between = steady();
    if (wall() !== before) continue;
    return Math.min(Math.max(offset, before - between), before + 1 - between - smallest);
  }
}

/** Of what a number of milliseconds since the epoch can tell apart. */
const smallest = 2 ** -12;
