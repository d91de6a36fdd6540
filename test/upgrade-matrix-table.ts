/**
 * Cisco 7960/7940 firmware upgrade matrix, typed from the document: the images of table 2 and the
 * rows of table 3. Nothing of the product's own reading is used here.
 */

const sccpUnsigned = [
  ...['P00303000100', 'P00303020100', 'P00303010600', 'P00303020400', 'P00303011000'],
  ...['P00303020500', 'P00303011100', 'P00303020600', 'P00303030200', 'P00303011200'],
  ...['P00303020700', 'P00303030300', 'P00303030400'],
];
const sipUnsigned = [
  ...['P0S30100', 'P0S30200', 'P0S30201', 'P0S30202', 'P0S30203', 'P0S3-03-0-00', 'P0S3-03-1-00'],
  ...['P0S3-03-2-00', 'P0S3-04-0-00', 'P0S3-04-1-00', 'P0S3-04-2-00', 'P0S3-04-3-00'],
  ...['P0S3-04-4-00'],
];
const mgcpUnsigned = [
  ...['P0M3-03-0-00', 'P0M3-03-1-00', 'P0M3-04-0-00', 'P0M3-04-1-00', 'P0M3-04-2-00'],
  ...['P0M3-04-3-00', 'P0M3-04-4-00'],
];
const sccpSigned = [
  ...['P00305000100', 'P00305000200', 'P00305000300', 'P00305000400', 'P00305000500'],
  ...['P00305000600', 'P00306000100', 'P00306000200', 'P00306000300', 'P00306000400'],
  ...['P00306000500', 'P00307000200', 'P00307010100', 'P00307010200', 'P00307020100'],
  ...['P00307020200'],
];
const sipSigned = [
  ...['P0S3-05-0-00', 'P0S3-05-1-00', 'P0S3-05-2-00', 'P0S3-05-3-00', 'P0S3-06-0-00'],
  ...['P0S3-06-1-00', 'P0S3-06-2-00', 'P0S3-06-3-00', 'P0S3-07-0-00', 'P0S3-07-1-00'],
  ...['P0S3-07-2-00', 'P0S3-07-3-00', 'P0S3-07-4-00', 'P0S3-07-5-00'],
];
const mgcpSigned = sipSigned.map((image) => image.replace('P0S3', 'P0M3'));

/** Later than the document. No name of an MGCP image of 8.x is known: this one stands for them. */
const later = [
  ...['P00308000500', 'P00308000600', 'P00308000900', 'P00308010100', 'P00308010200'],
  ...['P0030801SR02', 'P0S3-8-2-00', 'P0S3-8-6-00', 'P0S3-8-12-00', 'P0M3-8-0-00'],
];

export const manufacturing = 'P0030301MFG2';

/** All images: from manufacturing, of table 2, of 8.x. */
export const matrixImages: readonly string[] = [
  manufacturing,
  ...[...sccpUnsigned, ...sipUnsigned, ...mgcpUnsigned],
  ...[...sccpSigned, ...sipSigned, ...mgcpSigned],
  ...later,
];

type Protocol = 'MFG' | 'SCCP' | 'SIP' | 'MGCP';
export type Kind = { readonly protocol: Protocol; readonly major: number; readonly minor: number };

/** The third character tells the protocol, the numbers after the fourth the release. */
export function kindOf(image: string): Kind {
  const [, letter = '', major = '', minor = ''] =
    /^P0([0SM])3-?(\d{1,2})-?(\d{1,2}?)(?:-|\d\d|SR|MFG|$)/.exec(image) ?? [];
  const protocol = { '0': 'SCCP', S: 'SIP', M: 'MGCP' }[letter] as Protocol;
  const kind = { major: Number(major), minor: Number(minor) };
  return image.includes('MFG') ? { protocol: 'MFG', ...kind } : { protocol, ...kind };
}

export type Group = {
  readonly label: string;
  readonly protocols: readonly Protocol[];
  readonly majors: readonly [from: number, to: number];
};

function group(label: string, protocols: readonly Protocol[], from: number, to: number): Group {
  return { label, protocols, majors: [from, to] };
}

const any = 99;
const mfg = group('image from manufacturing', ['MFG'], 0, any);
const sccp3 = group('SCCP 3.x or earlier', ['SCCP'], 0, 3);
const sccp5 = group('SCCP 5.x', ['SCCP'], 5, 5);
const sccp6 = group('SCCP 6.x or later', ['SCCP'], 6, any);
const sip4 = group('SIP 4.x or earlier', ['SIP'], 0, 4);
const sip56 = group('SIP 5.x and 6.x', ['SIP'], 5, 6);
const sip7 = group('SIP 7.x or later', ['SIP'], 7, any);
const mgcp4 = group('MGCP 4.x or earlier', ['MGCP'], 0, 4);
const mgcp56 = group('MGCP 5.x and 6.x', ['MGCP'], 5, 6);
const mgcp7 = group('MGCP 7.x or later', ['MGCP'], 7, any);

const toSccp = group('any SCCP', ['SCCP', 'MFG'], 0, any);
const toSccp5 = group('SCCP 5.x or later', ['SCCP'], 5, any);
const toSccpTo5 = group('SCCP 5.x or earlier', ['SCCP', 'MFG'], 0, 5);
const toSccp6 = group('SCCP 6.x or later', ['SCCP'], 6, any);
const toEither6 = group('SIP or MGCP 6.x or earlier', ['SIP', 'MGCP'], 0, 6);
const toEither56 = group('SIP or MGCP 5.x or 6.x', ['SIP', 'MGCP'], 5, 6);
const toEither7 = group('SIP or MGCP 7.x or later', ['SIP', 'MGCP'], 7, any);
const toEither5 = group('SIP or MGCP 5.x or later', ['SIP', 'MGCP'], 5, any);

export type Row = { readonly from: Group; readonly to: Group; readonly procedure: string };

/** Table 3 as it stands there, its second note left out. */
export const table3: readonly Row[] = (
  [
    [mfg, toSccp, 'A'],
    [mfg, toEither6, 'B'],
    [mfg, toEither7, 'C'],
    [sccp3, toSccp, 'A'],
    [sccp3, toEither6, 'B'],
    [sccp3, toEither7, 'C'],
    [sccp5, toSccp5, 'A'],
    [sccp5, toEither56, 'B'],
    [sccp5, toEither7, 'C'],
    [sccp6, toSccp5, 'A'],
    [sccp6, toEither56, 'C'],
    [sccp6, toEither7, 'C'],
    [sip4, toSccpTo5, 'B'],
    [sip4, toSccp6, 'F'],
    [sip4, toEither6, 'B'],
    [sip4, toEither7, 'F'],
    [sip56, toSccp5, 'D'],
    [sip56, toEither6, 'B'],
    [sip56, toEither7, 'D'],
    [sip7, toSccp5, 'E'],
    [sip7, toEither7, 'E'],
    [mgcp4, toSccpTo5, 'B'],
    [mgcp4, toSccp6, 'F'],
    [mgcp4, toEither6, 'B'],
    [mgcp4, toEither7, 'F'],
    [mgcp56, toSccp5, 'D'],
    [mgcp56, toEither6, 'B'],
    [mgcp56, toEither7, 'F'],
    [mgcp7, toSccp5, 'E'],
    [mgcp7, toEither5, 'E'],
  ] as const
).map(([from, to, procedure]) => ({ from, to, procedure }));

export const fromGroups: readonly Group[] = [...new Set(table3.map(({ from }) => from))];

export function isIn({ protocols, majors }: Group, { protocol, major }: Kind): boolean {
  return protocols.includes(protocol) && major >= majors[0] && major <= majors[1];
}

export function rowFor(from: string, to: string): Row | undefined {
  return table3.find((row) => isIn(row.from, kindOf(from)) && isIn(row.to, kindOf(to)));
}
