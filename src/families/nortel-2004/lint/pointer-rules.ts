import { serverActions } from '../../../codec/config/sip-upgrade-config.ts';
import type { Rule } from '../../shared/lint/rule.ts';
import { entryOf, type NortelText, valuePlace } from './subject.ts';

const portOf = { [serverActions.unistim]: '5000', [serverActions.sip]: '5060' } as const;

const mismatch: Rule<NortelText> = {
  code: 'action-port-mismatch',
  severity: 'error',
  title: 'Port of one protocol with the action of the other',
  consequence: 'The phone speaks SIP where UNIStim is heard, or the other way round: no answer.',
  cure: 'SIP is port 5060 with action 7, UNIStim is port 5000 with action 1.',
  check(file, report) {
    for (const name of ['S1', 'S2']) {
      const port = entryOf(file, '', `${name}.SERVER.PORT`);
      const action = entryOf(file, '', `${name}.SERVER.ACTION`)?.value;
      if (!port || (action !== '1' && action !== '7')) continue;
      const other = portOf[action === '1' ? serverActions.sip : serverActions.unistim];
      if (port.value !== other) continue;
      const text = `${name} has port ${port.value} with action ${action}`;
      report({ text, ...valuePlace(port) });
    }
  },
};

const needed = ['S1.Server.IP', 'S1.Server.Port', 'S1.Server.Action', 'TFTP.Server.IP'];

const missing: Rule<NortelText> = {
  code: 'pointer-missing',
  severity: 'error',
  title: 'SipUpgradeConfigFile.txt without the first server or the TFTP server',
  consequence: 'A phone with the SIP load knows no server, or finds no 2004tftp.cfg.',
  cure: 'Give S1.Server.IP, S1.Server.Port, S1.Server.Action and TFTP.Server.IP.',
  check(file, report) {
    for (const name of needed) {
      const read = entryOf(file, '', name.toUpperCase());
      if (!read) report({ text: `there is no ${name}` });
      else if (read.value === '' || read.value === '0.0.0.0')
        report({ text: `${name} names nothing`, ...valuePlace(read) });
    }
  },
};

/** `SipUpgradeConfigFile.txt`: NN42020-202, sections 2 and 5. */
export const pointerRules: readonly Rule<NortelText>[] = [mismatch, missing];
