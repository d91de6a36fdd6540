import { type Command, Option } from 'commander';
import { hostPort } from './host-port.ts';
import type { TwinOptions } from './twin-options.ts';

/** Flags that only virtual IP Phones 2004 have. */
export type NortelFlags = {
  readonly unistim?: string;
  readonly s1?: string;
  readonly s2?: string;
  readonly press?: 'FirmW';
  readonly login?: string;
};

const keys = ['FirmW'] as const;

export function withNortelFlags(made: Command): Command {
  return made
    .option('--unistim <HOST:PORT>', 'the UNIStim server of a 2004 that has no S1 yet')
    .option('--s1 <SERVER>', 'S1 as entered at a 2004, e.g. 192.0.2.10:5000,1,10')
    .option('--s2 <SERVER>', 'S2 as entered at a 2004')
    .addOption(
      new Option('--press <KEY>', 'somebody presses Config, Display Version and this').choices(
        keys,
      ),
    )
    .option('--login <USER:PASSWORD>', 'somebody logs in to a 2004 with SIP');
}

/** Whether the phone knows a server without TFTP or DHCP. */
export function isPointed({ unistim, s1 }: NortelFlags): boolean {
  return unistim !== undefined || s1 !== undefined;
}

export type NortelOptions = Pick<TwinOptions, 'unistim' | 's1' | 's2' | 'press' | 'login'>;

export function nortelOf({ unistim, s1, s2, press, login }: NortelFlags): NortelOptions {
  const [user = '', ...rest] = (login ?? '').split(':');
  return {
    ...(unistim !== undefined && { unistim: hostPort('--unistim', unistim) }),
    ...(s1 !== undefined && { s1 }),
    ...(s2 !== undefined && { s2 }),
    ...(press !== undefined && { press }),
    ...(login !== undefined && { login: { user, password: rest.join(':') } }),
  };
}
