import type { Lease } from '../../model/lease.ts';
import { formatIPv4 } from '../../wire/ipv4.ts';
import type { DhcpAsking } from './asking.ts';

/** The lease that an acknowledgement stands for; a renewal keeps when it began. */
export function leaseFor(
  asking: DhcpAsking,
  address: number,
  { before, leaseSeconds, now }: LeaseTerm,
): Lease {
  const { clientId, mac, hostName, vendorClass, relayInformation } = asking;
  const isRenewal =
    before?.state === 'bound' && before.clientId === clientId && before.expiresAt > now;
  return {
    address: isRenewal ? before.address : formatIPv4(address),
    clientId,
    state: 'bound',
    startedAt: isRenewal ? before.startedAt : now,
    expiresAt: now + (leaseSeconds >= 0xffffffff ? Infinity : leaseSeconds * 1000),
    ...(mac !== undefined && { mac }),
    ...(hostName !== undefined && { hostName }),
    ...(vendorClass !== undefined && { vendorClass }),
    ...(relayInformation && { relayInformation: Buffer.from(relayInformation).toString('hex') }),
  };
}

export type LeaseTerm = {
  readonly before?: Lease | undefined;
  readonly leaseSeconds: number;
  readonly now: number;
};
