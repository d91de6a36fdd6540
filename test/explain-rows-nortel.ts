import { files, until } from './explain-observations.ts';
import type { ExplainRow } from './explain-row.ts';

const forced = `
  20 | 2004tftp.cfg | sent
  21 | 0692D93.bin | sent
  140 | 2004tftp.cfg | sent
  141 | 0692D93.bin | sent
  260 | 2004tftp.cfg | sent
  261 | 0692D93.bin | sent`;

const revert = `
  20 | 2004tftp.cfg | sent
  21 | 0604D98.bin | sent`;

const silent = `
  20 | 2004tftp.cfg | again 4 silent
  40 | 2004tftp.cfg | again 4 silent
  60 | 2004tftp.cfg | again 4 silent`;

const missing = `
  20 | 2004tftp.cfg | sent
  21 | 2004sysConfig.dat | sent
  22 | 0692D94.bin | missing`;

/** The IP Phone 2004. */
export const nortelRows: readonly ExplainRow[] = [
  {
    name: 'FORCED is left on in 2004tftp.cfg',
    first: 'image-again',
    observed: files(forced),
  },
  {
    name: 'a 2004 is back on UNIStim with the port and action of SIP',
    first: 'late-unistim-session',
    observed: [...files(revert), until(900)],
  },
  {
    name: 'the TFTP server is silent to a 2004',
    first: 'tftp-silent',
    packets: true,
    observed: [...files(silent), until(200)],
  },
  {
    name: 'the image of a 2004 is missing',
    first: 'firmware-missing',
    observed: [...files(missing), until(200)],
  },
];
