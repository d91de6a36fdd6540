import type { ExplainRow } from './explain-row.ts';
import { dhcpRows } from './explain-rows-address.ts';
import { afterRows } from './explain-rows-after.ts';
import { originalRows, serverRows } from './explain-rows-files.ts';
import { nortelRows } from './explain-rows-nortel.ts';
import { javaRows, loaderRows } from './explain-rows-firmware.ts';

export const explainRows: readonly ExplainRow[] = [
  ...[dhcpRows, serverRows, originalRows, loaderRows, javaRows, nortelRows, afterRows].flat(),
];
