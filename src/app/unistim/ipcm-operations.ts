import type { IpcmOperations } from '../../cli/operations.ts';
import {
  imageOfValue,
  unprovisioned,
  valueNames,
  valueProblem,
} from '../../families/nortel-2004/ipcm/provisioning.ts';
import { upgradeTemplate } from '../../families/nortel-2004/ipcm/upgrade-template.ts';
import { upgradeFile } from '../../families/nortel-2004/paths.ts';
import { pointersOf } from './upgrade-file.ts';

const actions: Readonly<Record<number, string>> = { 0: '', 1: ' UNIStim', 7: ' SIP' };

/** What the command `ipcm` needs of the family. */
export const ipcmOperations: IpcmOperations = {
  unprovisioned,
  valueNames,
  valueProblem,
  imageOfValue,
  template: { name: upgradeFile, text: upgradeTemplate },
  async pointers(workspace) {
    const way = workspace.config.unistim?.tftp_pointer === 'none' ? 'none' : 'servers';
    const found = await pointersOf(workspace, way);
    if ('problems' in found) return { pointers: [], problems: found.problems };
    const pointers = found.pointers.map(
      ({ server, address, port, action }) =>
        `S${server + 1}  ${address}:${port}${actions[action] ?? ` action ${action}`}`,
    );
    return { pointers, problems: [] };
  },
};
