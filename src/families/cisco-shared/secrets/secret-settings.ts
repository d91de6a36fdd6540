import { secretNames } from '../../../model/secret-names.ts';
import { sepTable } from '../../cisco-java/parameters/sep.ts';
import { mgcpTable } from '../../cisco-7900/parameters/mgcp.ts';
import { sipTable } from '../../cisco-7900/parameters/sip.ts';

/** Keys and elements of Cisco's files whose values are shown to nobody. */
export const secretSettings = secretNames([sipTable, mgcpTable, sepTable]);

/** `instead` for every line that is not empty: lines stay where they are. */
export function hiddenLines(text: string, instead: string): string {
  return instead === '' ? '' : text.replace(/\S(?:.*\S)?/g, instead);
}
