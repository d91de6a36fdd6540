import type { RestartAsk, RestartWay } from '../../../model/family-restart.ts';
import { linePath } from '../../cisco-shared/render/sep/sep-paths.ts';
import { parseImageName } from '../image-name.ts';
import { isCallManager, sepValues } from './lines.ts';

/** Of the files that a phone compares. Empty braces: nothing is said of that one. */
const stamps = ['ConfigVersionStamp', 'DialplanVersionStamp', 'SoftkeyVersionStamp'] as const;

/**
 * In the mode of the call manager (`USECALLMANAGER`, 8.0 and later) `Event: service-control`, whose
 * keys must have the Call-ID of the phone's registration; else `Event: check-sync`, which loads from
 * 8.x on take as a restart in the field.
 */
export function restartWay(ask: RestartAsk): RestartWay {
  const image = parseImageName(ask.phone.running ?? ask.phone.image ?? '');
  if (image?.protocol === 'SCCP')
    return {
      kind: 'cannot',
      because: 'it runs SCCP, and takes a reset from its call manager alone',
      instead:
        'reset it there (CUCM: Reset; CME: reset SEP…; chan-sccp: sccp reset SEP…), press **#** in its settings menu, or take its power away',
    };
  const isOldLoad = image !== undefined && image.major < 8;
  if (!usesCallManager(ask) || isOldLoad)
    return {
      kind: 'notify',
      event: 'check-sync',
      does: isOldLoad
        ? 'loads before 8.0 are not known to heed it'
        : 'it starts again; so do loads from 8.x on in the field',
    };
  const values = sepValues(ask.model, ask.settings);
  const stamp = values.find(({ key }) => key === 'versionStamp')?.value ?? '';
  if (ask.kind === 'check-version' && stamp === '')
    return {
      kind: 'cannot',
      because: 'its file has no versionStamp, so that it cannot see whether anything is new',
      instead:
        'set another versionStamp with each change (phone set <MAC> --set versionStamp=…), or restart it: --kind restart',
    };
  return {
    kind: 'notify',
    event: 'service-control',
    contentType: 'text/plain',
    body: keysFor(ask, stamp),
    does: effects[ask.kind],
  };
}

const effects = {
  restart: 'it unregisters, reads its configuration again and registers',
  reset: 'it starts from the beginning',
  'check-version': 'it reads its files again where its versionStamp is another one',
} as const;

/**
 * Empty braces for a Call-ID are taken by phones that are not registered. The stamp is that of the file
 * as it is served now: a phone that has read that one does nothing.
 */
function keysFor({ kind, registerCallId = '' }: RestartAsk, stamp: string): string {
  const stampOf = (name: (typeof stamps)[number]) =>
    kind === 'check-version' && name === 'ConfigVersionStamp' ? stamp : '';
  const lines = [
    `action=${kind}`,
    `RegisterCallId={${registerCallId}}`,
    ...stamps.map((name) => `${name}={${stampOf(name)}}`),
  ];
  return `${lines.join('\r\n')}\r\n`;
}

/** By the first line of its file. */
function usesCallManager({ model, settings }: RestartAsk): boolean {
  const proxy = sepValues(model, settings).find(({ key }) => key === `${linePath}[1]/proxy`);
  return proxy !== undefined && isCallManager(proxy.value);
}
