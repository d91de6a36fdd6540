import type { RestartAsk, RestartWay } from '../../../model/family-restart.ts';
import { linePath } from '../../cisco-shared/render/sep/sep-paths.ts';
import { parseImageName } from '../image-name.ts';
import { isCallManager, sepValues } from './lines.ts';

const stamps = ['ConfigVersionStamp', 'DialplanVersionStamp', 'SoftkeyVersionStamp'];

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
  return {
    kind: 'notify',
    event: 'service-control',
    contentType: 'text/plain',
    body: keysFor(ask),
    does: effects[ask.kind],
  };
}

const effects = {
  restart: 'it unregisters, reads its configuration again and registers',
  reset: 'it starts from the beginning',
  'check-version': 'it compares the stamps of its files and starts again where they differ',
} as const;

/** Empty braces are taken by phones that are not registered. */
function keysFor({ kind, registerCallId = '', phone }: RestartAsk): string {
  const stamp = kind === 'check-version' ? `hookflash-${phone.mac}` : '';
  const lines = [
    `action=${kind}`,
    `RegisterCallId={${registerCallId}}`,
    ...stamps.map((name) => `${name}={${stamp}}`),
  ];
  return `${lines.join('\r\n')}\r\n`;
}

/** By the first line of its file. */
function usesCallManager({ model, settings }: RestartAsk): boolean {
  const proxy = sepValues(model, settings).find(({ key }) => key === `${linePath}[1]/proxy`);
  return proxy !== undefined && isCallManager(proxy.value);
}
