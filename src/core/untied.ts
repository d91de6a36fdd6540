/** Requests from addresses that no phone has proved yet, kept until one does. */
export type Untied<Request> = {
  remember(address: string, request: Request): void;
  /** Those of the last `lasts` milliseconds, which are forgotten here. */
  claim(address: string, now: number): readonly Request[];
};

export type UntiedLimits = { readonly lasts: number; readonly each: number; readonly all: number };

/** Old phones ask for files without a MAC in the name before the first one that has it. */
export function createUntied<Request extends { readonly at: number }>(
  limits: UntiedLimits,
): Untied<Request> {
  const byAddress = new Map<string, readonly Request[]>();
  return {
    remember(address, request) {
      const kept = [...(byAddress.get(address) ?? []), request].slice(-limits.each);
      byAddress.delete(address);
      byAddress.set(address, kept);
      const [oldest] = byAddress.keys();
      if (byAddress.size > limits.all && oldest !== undefined) byAddress.delete(oldest);
    },
    claim(address, now) {
      const kept = byAddress.get(address) ?? [];
      byAddress.delete(address);
      return kept.filter((request) => now - request.at <= limits.lasts);
    },
  };
}
