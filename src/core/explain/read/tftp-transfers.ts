import type { TftpTransfer } from './tftp-transfer.ts';

/** Transfers under way, by the client's `ADDRESS:PORT`; a limited number of them. */
export type TftpTransfers = {
  get(key: string): TftpTransfer | undefined;
  set(key: string, transfer: TftpTransfer): void;
  delete(key: string): void;
  /** Takes out those without a packet for so long, and those that there is no room for. */
  takeSilent(at: number, forMs: number): readonly TftpTransfer[];
};

const most = 8192;

export function tftpTransfers(): TftpTransfers {
  const transfers = new Map<string, TftpTransfer>();
  return {
    get: (key) => transfers.get(key),
    set: (key, transfer) => void transfers.set(key, transfer),
    delete: (key) => void transfers.delete(key),
    takeSilent(at, forMs) {
      const surplus = transfers.size - most;
      const taken = [...transfers].filter(
        ([, { last }], index) => at - last.at >= forMs || index < surplus,
      );
      for (const [key] of taken) transfers.delete(key);
      return taken.map(([, transfer]) => transfer);
    },
  };
}
