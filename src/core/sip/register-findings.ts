import type { Finding } from '../../model/finding.ts';
import { formatMac } from '../../wire/mac.ts';
import type { RegisterNews } from './register-news.ts';

const cannotCall = 'The line can neither call nor be called.';

/** Behind a phone whose line is registered here. */
export const mendedByRegistration: readonly string[] = [
  ...['register-password-wrong', 'register-no-password', 'register-not-here'],
  'register-other-phone',
];

/** What an operator should know of a REGISTER; undefined where nothing is wrong. */
export function registerFinding(news: RegisterNews): Finding | undefined {
  const { outcome, user, from, because = '' } = news;
  const where = `${user} from ${from.address}`;
  switch (outcome) {
    case 'wrong-password':
      return {
        code: 'register-password-wrong',
        severity: 'error',
        text: `${where} registers with other credentials than its settings have: ${because}`,
        consequence: cannotCall,
        cure: 'see that the phone has read its configuration since its password was set: restart it',
      };
    case 'no-password':
      return {
        code: 'register-no-password',
        severity: 'error',
        text: `${where} wants to register, and its line has no password`,
        consequence: cannotCall,
        cure: 'hookflash phone set <MAC> --set line1_authname=… --set line1_password=…',
      };
    case 'elsewhere':
      return {
        code: 'register-not-here',
        severity: 'warning',
        text: `${where} registers here, and ${because}`,
        consequence: cannotCall,
        cure: 'see that its configuration is the one that is served now: restart it; or set proxy1_address to this server',
      };
    case 'unknown-line':
      return {
        code: 'register-unknown-user',
        severity: 'warning',
        text: `${where} wants to register, and no phone of the inventory has that line`,
        consequence: cannotCall,
        cure: 'set line1_name of its phone, or mend the line that is in its own memory',
      };
    case 'challenged':
    case 'asked':
    case 'refused':
    case 'not-saved':
      return undefined;
    case 'registered':
    case 'renewed':
    case 'removed':
    case 'restarts':
      return foreign(news);
  }
}

/** One phone registers the line of another. */
function foreign({ mac, traces, user, from }: RegisterNews): Finding | undefined {
  if (mac === undefined || traces.mac === undefined || traces.mac === mac) return undefined;
  return {
    code: 'register-other-phone',
    severity: 'warning',
    text: `${user} from ${from.address} is the line of ${formatMac(mac)}, and ${formatMac(traces.mac)} registers it`,
    consequence: 'Calls for the line go to the other phone; restarts too.',
    cure: 'give each phone a line of its own, or the same line to both',
  };
}
