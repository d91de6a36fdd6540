import { lookup } from 'node:dns/promises';
import type { TwinSipOptions } from '../cli/twin-options.ts';
import type { TwinSip } from '../twin/sip/twin-sip.ts';
import type { SipHost } from '../twin/sip/sip-settings.ts';
import { addressTowards } from './twin-dhcp.ts';

/** SIP of a virtual phone on a real network. `own` is what it sends from, 0.0.0.0 for any. */
export function realSip(
  { until, stopped, answersAfter, hangsUpAfter }: TwinSipOptions,
  proxy: SipHost | undefined,
  own: () => string,
): TwinSip {
  return {
    until,
    ...(proxy && { proxy }),
    ...(stopped && { stopped }),
    person: {
      ...(answersAfter !== undefined && { answersAfterMs: 1000 * answersAfter }),
      ...(hangsUpAfter !== undefined && { hangsUpAfterMs: 1000 * hangsUpAfter }),
    },
    async ownAddress(towards) {
      const address = own();
      return address === '0.0.0.0' ? addressTowards({ address: towards, port: 9 }) : address;
    },
    resolve,
  };
}

async function resolve(host: string): Promise<string | undefined> {
  try {
    return (await lookup(host, 4)).address;
  } catch {
    return undefined;
  }
}
