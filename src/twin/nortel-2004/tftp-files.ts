import { tftpClient, type Server, type TransferResult } from '../tftp-client.ts';
import type { NortelPhone } from './phone.ts';
import { retransmission } from './timing.ts';

/** What an address that stands for none comes to: a server that never answers. */
const nobody: TransferResult = { kind: 'silent' };

/** Each file from a port of its own choice. A larger one than fits is refused. */
export function readByTftp(
  phone: NortelPhone,
  path: string,
  server: Server | undefined,
  maxBytes: number,
): Promise<TransferResult> {
  if (server === undefined || server.address === '0.0.0.0') return Promise.resolve(nobody);
  const { network, clock, signal } = phone.around;
  const read = tftpClient({
    ...{ network, clock, retransmission, maxBytes },
    firstPort: phone.newPort(),
    onRequest: (request) => phone.tell({ kind: 'request', ...request }),
    onAnswer: (answer) => phone.tell({ kind: 'answer', ...answer }),
    ...(signal && { signal }),
  });
  return read(path, server);
}
