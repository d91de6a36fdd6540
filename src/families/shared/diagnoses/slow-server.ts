import type { Diagnosis } from '../../../model/diagnosis.ts';
import { isSent, matchOf } from '../../../model/story-questions.ts';

const slowMs = 2000;

export const slowServer: Diagnosis = {
  code: 'slow-server',
  severity: 'warning',
  title: 'Server that answers late',
  consequence:
    'it sends requests twice, and takes minutes longer; some servers then open two transfers for one file',
  cure: 'look for name lookups in the server (tftpd-hpa logs without them), an inetd that starts a process for each request, a virus scanner, a full disk, or packet loss',
  matches({ files }) {
    // Some phones send every request twice at once.
    const repeated = files.filter(
      ({ repeats, at, endedAt = at }) => repeats > 0 && endedAt - at >= slowMs,
    );
    const answered = repeated.filter((file) => isSent(file) || file.outcome === 'missing');
    if (answered.length < 3) return undefined;
    const text = `${answered.length} of ${files.length} files were only answered when asked for again`;
    return matchOf(answered, text, 0.6);
  },
};
