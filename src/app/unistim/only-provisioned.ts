import type { FileHandler } from '../../servers/file.ts';
import type { PhoneSessions } from './phone-sessions.ts';

/** The service may have been locked, or the upgrade switched off, since the file was offered. */
export function onlyProvisioned(
  files: FileHandler,
  sessions: Pick<PhoneSessions, 'mayLeave'>,
): FileHandler {
  const refused = new Set<string>();
  return {
    async open(request) {
      if (await sessions.mayLeave(request.mac, request.path)) return files.open(request);
      const ticket = `refused-${refused.size}-${request.address}-${request.port}`;
      refused.add(ticket);
      return { kind: 'missing', ticket };
    },
    closed(end) {
      if (!refused.delete(end.ticket)) files.closed(end);
    },
  };
}
