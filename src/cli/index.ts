import type { MakeCommand } from './command.ts';
import { bootsCommand } from './boots.ts';
import { dbCommand } from './db.ts';
import { decodeCommand } from './decode.ts';
import { dhcpCommand } from './dhcp.ts';
import { explainCommand } from './explain.ts';
import { firmwareCommand } from './firmware.ts';
import { importCommand } from './import.ts';
import { ipcmCommand } from './ipcm.ts';
import { initCommand } from './init.ts';
import { labCommand } from './lab.ts';
import { phoneCommand } from './phone.ts';
import { lintCommand } from './lint.ts';
import { planCommand } from './plan.ts';
import { rebootCommand } from './reboot.ts';
import { referenceCommand } from './reference.ts';
import { renderCommand } from './render.ts';
import { rolloutCommand } from './rollout.ts';
import { serveCommand } from './serve.ts';
import { timeCommand } from './time.ts';
import { twinCommand } from './twin.ts';
import { versionCommand } from './version.ts';
import { watchCommand } from './watch.ts';

/** All commands, in the order in which the help shows them. */
export const commands: readonly MakeCommand[] = [
  labCommand,
  initCommand,
  serveCommand,
  phoneCommand,
  importCommand,
  explainCommand,
  watchCommand,
  bootsCommand,
  planCommand,
  rolloutCommand,
  renderCommand,
  rebootCommand,
  ipcmCommand,
  firmwareCommand,
  dhcpCommand,
  twinCommand,
  decodeCommand,
  lintCommand,
  referenceCommand,
  timeCommand,
  dbCommand,
  versionCommand,
];
