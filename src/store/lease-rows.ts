import type { Selectable } from 'kysely';
import type { Lease, LeaseState } from '../model/lease.ts';
import { formatIPv4, ipv4Number } from '../wire/ipv4.ts';
import type { Mac } from '../wire/mac.ts';
import type { LeaseTable } from './schema.ts';

/** The columns of a row, in the order of its values. */
export const leaseColumns = [
  ...(['address', 'mac', 'client_id', 'state', 'started_at'] as const),
  ...(['expires_at', 'host_name', 'vendor_class', 'relay_information'] as const),
] as const satisfies readonly (keyof LeaseTable)[];

export type LeaseValues = readonly (string | number | null)[];

/** As many values as there are columns. */
export function leaseValues(lease: Lease): LeaseValues {
  return [
    ipv4Number(lease.address),
    lease.mac ?? null,
    lease.clientId,
    lease.state,
    lease.startedAt,
    lease.expiresAt === Infinity ? null : lease.expiresAt,
    lease.hostName ?? null,
    lease.vendorClass ?? null,
    lease.relayInformation ?? null,
  ];
}

export function leaseOf(row: Selectable<LeaseTable>): Lease {
  return {
    address: formatIPv4(row.address),
    ...(row.mac === null ? {} : { mac: row.mac as Mac }),
    clientId: row.client_id,
    state: row.state as LeaseState,
    startedAt: row.started_at,
    expiresAt: row.expires_at ?? Infinity,
    ...(row.host_name === null ? {} : { hostName: row.host_name }),
    ...(row.vendor_class === null ? {} : { vendorClass: row.vendor_class }),
    ...(row.relay_information === null ? {} : { relayInformation: row.relay_information }),
  };
}
