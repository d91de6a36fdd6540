import type { TwinResult } from '../../report.ts';
import { fileServer, type SimulatedServer } from '../../simulated-network.ts';
import type { DhcpServerSetup } from '../../testing/dhcp-server.ts';
import { testServer, type Files } from '../../testing/trial.ts';
import type { TwinFamily } from '../fault.ts';

/** As a server with a file system that knows no letter case. */
function caseless(files: Files): SimulatedServer {
  const byLower = Object.fromEntries(
    Object.entries(files).map(([name, file]) => [name.toLowerCase(), file]),
  );
  return (request) => fileServer(byLower)({ ...request, path: request.path.toLowerCase() });
}

/** Says error 2 where others say error 1. */
function deniesMissing(files: Files): SimulatedServer {
  return (request) => {
    const answer = fileServer(files)(request);
    return answer.kind === 'error' ? { kind: 'error', code: 2 } : answer;
  };
}

type End = { readonly state: TwinResult['state']; readonly image: 'from' | 'to' };
export type Row = {
  readonly fault: string;
  readonly server?: (files: Files) => SimulatedServer;
  readonly dhcp?: DhcpServerSetup;
  readonly end: End;
  readonly because?: RegExp;
  /** All of them where it is left out. */
  readonly families?: readonly TwinFamily[];
};

export const cisco: readonly TwinFamily[] = ['cisco-7900', 'cisco-java'];
const nortel: readonly TwinFamily[] = ['nortel-2004'];

const arrives: End = { state: 'idle', image: 'to' };
const stays: End = { state: 'stuck', image: 'from' };

const by150 = { options: { 150: testServer.address } };
const both = { options: { 66: testServer.address, 150: testServer.address } };
const by66 = { options: { 66: testServer.address } };

/** What the table of faults says, once for each family. */
export const rows: readonly Row[] = [
  { fault: 'loses-packets', end: arrives },
  { fault: 'loses-packets=0.3', end: arrives },
  { fault: 'answers-late', end: arrives },
  { fault: 'answers-late=6000', end: arrives },
  { fault: 'duplicate-requests', end: arrives },
  { fault: 'wrong-case-request', server: caseless, end: arrives },
  { fault: 'wrong-case-request', end: stays, families: cisco },
  { fault: 'wrong-case-request', end: { state: 'idle', image: 'from' }, families: nortel },
  { fault: 'stops-on-error-2', end: arrives },
  { fault: 'stops-on-error-2', server: deniesMissing, end: stays, because: /TFTP error 2/ },
  { fault: 'ignores-option-150', end: stays, families: cisco },
  { fault: 'ignores-option-150', dhcp: by150, end: stays, families: cisco },
  {
    fault: 'ignores-option-150',
    dhcp: { siaddr: testServer.address },
    end: arrives,
    families: cisco,
  },
  { fault: 'ignores-option-66', end: arrives },
  { fault: 'ignores-option-66', dhcp: by66, end: stays, families: cisco },
  {
    fault: 'ignores-option-66',
    dhcp: by66,
    end: { state: 'idle', image: 'from' },
    families: nortel,
  },
  { fault: 'ignores-option-66', dhcp: by150, end: arrives, families: cisco },
  { fault: 'address-in-use', end: arrives },
  { fault: 'address-in-use=3', dhcp: both, end: arrives },
  {
    fault: 'address-in-use=100',
    dhcp: both,
    end: stays,
    because: /no DHCP server gives it an address/,
  },
  { fault: 'loses-packets=0.3', dhcp: by66, end: arrives },
  { fault: 'power-cut-while-flashing', end: arrives },
  { fault: 'power-cut-while-flashing=1000', end: arrives },
  { fault: 'flash-write-fails', end: stays, because: /over and over: .* could not be written/ },
  { fault: 'boots-old-application', end: stays, because: /over and over/ },
  { fault: 'refuses-image', end: { state: 'idle', image: 'from' } },
  { fault: 'never-idle', end: { state: 'stuck', image: 'to' }, because: /does not come to rest/ },
];
