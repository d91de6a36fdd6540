import type { RestartAsk, RestartWay } from '../../../model/family-restart.ts';
import { parseImageName } from '../image-name.ts';

/**
 * `Event: check-sync`, after which the phone compares syncinfo.xml and starts again when it has been
 * idle for 20 s. Cisco SIP IP Phone Administrator Guide 4.4, Performing an Image Upgrade and Remote
 * Reboot. It has no other request: whether only versions differ is the phone's to find.
 */
export function restartWay({ phone }: RestartAsk): RestartWay {
  const image = parseImageName(phone.running ?? phone.image ?? '');
  if (image?.protocol === 'SCCP') return cannot.SCCP;
  if (image?.protocol === 'MGCP') return cannot.MGCP;
  if (image && image.major < 2) return cannot.old;
  return {
    kind: 'notify',
    event: 'check-sync',
    does: 'it asks for syncinfo.xml, and starts again once it has been idle for 20 s',
  };
}

const byHand = 'press *6* and the settings key together on the phone, or take its power away';

const cannot = {
  SCCP: {
    kind: 'cannot',
    because: 'it runs SCCP, and takes a reset from its call manager alone',
    instead: `reset it there (Cisco CallManager: Reset; chan-sccp: sccp reset SEP…), or ${byHand}`,
  },
  MGCP: {
    kind: 'cannot',
    because: 'it runs MGCP, which has no request for that',
    instead: byHand,
  },
  old: {
    kind: 'cannot',
    because: 'SIP before 2.0 knows no check-sync',
    instead: byHand,
  },
} as const;
