import type { BootEnd } from '../boots.ts';
import { loadOfComponents } from './load-name.ts';
import { installLoad } from './install-load.ts';
import type { JavaPhone } from './phone.ts';
import { durations, roundsForEver } from './timing.ts';

/**
 * A phone without a load, after a reset to factory or where its installation was cut off. Logs of a
 * 7911, a 7961 and a 7975; reports of a wiped 7970.
 */
export async function runBootCode(phone: JavaPhone): Promise<BootEnd> {
  const stage = phone.enter('boot code');
  const loadsFile = `term${phone.model.terminal}.default.loads`;
  for (let round = 1; ; round++) {
    phone.tell({ kind: 'stage', text: 'boot code: DISCOVER' });
    const installed = await installLoad(phone, stage, loadsFile, loadOfComponents);
    switch (installed.kind) {
      case 'stored': {
        const { ms: waitMs } = durations.loadToFirstRequest;
        return { kind: 'reboot', because: `${installed.load.name} was stored`, waitMs };
      }
      case 'failed':
        return refused('Upgrading', installed.because);
      // Seen on a 7970: it fetches the file and asks for nothing more.
      case 'unverified':
        return refused(phone.model.authenticationFailure, installed.because);
      case 'missing':
      case 'silent':
        if (round === roundsForEver) return stuck('', nobodyHas(installed.kind));
    }
    await phone.sleep(durations.discover);
    await phone.reconnect();
  }

  function refused(display: string, because: string): BootEnd {
    phone.refuse(loadsFile, because);
    phone.showFailure(display);
    return stuck(display, because);
  }

  function stuck(display: string, because: string): BootEnd {
    return { kind: 'stuck', display, because };
  }

  function nobodyHas(kind: 'missing' | 'silent'): string {
    return kind === 'missing' ? `no ${loadsFile}` : 'the TFTP server does not answer';
  }
}
