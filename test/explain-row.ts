import { dhcp, server } from './explain-observations.ts';
import type { Observation } from '../src/model/observation.ts';
import type { Mac } from '../src/wire/mac.ts';

/** Things that go wrong as they are seen on the wire or in a log, and what must be said first. */
export type ExplainRow = {
  readonly name: string;
  /** Code of the first diagnosis. */
  readonly first: string;
  readonly observed: readonly Observation[];
  /** From a capture. */
  readonly packets?: boolean;
};

export const other = { mac: '0013C4A1B2C4' as Mac, address: '192.0.2.52' };
export const third = { mac: '0013C4A1B2C5' as Mac, address: '192.0.2.53' };
export const whole = { tftpServers: [server], tftpServerName: server };
export const vendor = { vendorClass: 'Cisco Systems, Inc. IP Phone CP-7960G' };
export const discover = (seconds: number) => dhcp(seconds, { message: 'discover', ...vendor });

/** Whole boots, as lines for `files`. */
export const idle = `
  20 | CTLSEP<MAC>.tlv | missing
  20.5 | SEP<MAC>.cnf.xml | sent
  21 | P0S3-8-12-00.loads | sent
  45 | SIPDefault.cnf | sent
  46 | ./SIP<MAC>.cnf | sent
  47 | RINGLIST.DAT | sent
  47 | dialplan.xml | sent`;

export const hunt = `
  20 | CTLSEP<MAC>.tlv | missing
  21 | SEP<MAC>.cnf.xml | missing
  22 | SIP<MAC>.cnf | missing
  23 | MGC<MAC>.cnf | missing
  24 | XMLDefault.cnf.xml | missing
  25 | SIPDefault.cnf | missing`;

export const silentHunt = `
  20 | CTLSEP<MAC>.tlv | again 4 silent
  40 | CTLSEP<MAC>.tlv | again 4 silent
  60 | SEP<MAC>.cnf.xml | again 4 silent`;

export const javaBoot = `
  10 | CTLSEP<MAC>.tlv | missing
  10.2 | ITLSEP<MAC>.tlv | missing
  10.4 | ITLFile.tlv | missing
  10.6 | SEP<MAC>.cnf.xml | sent`;

/** The same lines so many seconds later. */
export const later = (lines: string, seconds: number) =>
  lines.replace(
    /^(\s*)([\d.]+)/gm,
    (_, space: string, at: string) => `${space}${Number(at) + seconds}`,
  );
