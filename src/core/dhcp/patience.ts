/** Counts the offers that a client was made since it last took one. */
export type Patience = {
  /** How many there were, when it is a number to speak of: 5, 10, 20 and so on. */
  offered(clientId: string): number | undefined;
  took(clientId: string): void;
};

/** More clients than this that take nothing are a flood: then counting starts anew. */
const mostClients = 4096;
const firstToTell = 5;

export function createPatience(): Patience {
  const counts = new Map<string, number>();
  return {
    offered(clientId) {
      if (counts.size >= mostClients) counts.clear();
      const count = (counts.get(clientId) ?? 0) + 1;
      counts.set(clientId, count);
      const isDoubled = Number.isInteger(Math.log2(count / firstToTell));
      return count >= firstToTell && isDoubled ? count : undefined;
    },
    took: (clientId) => void counts.delete(clientId),
  };
}
