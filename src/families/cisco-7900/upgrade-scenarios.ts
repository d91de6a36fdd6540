import type { ImageName } from '../../model/firmware.ts';

export type Procedure = 'A' | 'B' | 'C' | 'D' | 'E' | 'F';

type Protocols = readonly ImageName['protocol'][];
/** Major releases, both ends included. */
type Majors = readonly [from: number, to: number];
export type Scenario = {
  readonly from: Protocols;
  readonly fromMajors: Majors;
  readonly to: Protocols;
  readonly toMajors: Majors;
  readonly procedure: Procedure;
  /** Named where the row is not the table's own. */
  readonly deviation?: string;
};

const any = 99;
const sccp: Protocols = ['SCCP'];
const sip: Protocols = ['SIP'];
const mgcp: Protocols = ['MGCP'];
const either: Protocols = ['SIP', 'MGCP'];

type Row = readonly [from: Protocols, Majors, to: Protocols, Majors, Procedure, string?];

/**
 * Cisco 7960/7940 firmware upgrade matrix, table 3. The image from manufacturing is of 3.x and
 * shares the rows of SCCP 3.x. The last row of SIP 7.x is wanting in the table; table 2 lets every
 * signed image boot every other.
 */
const rows: readonly Row[] = [
  [sccp, [0, 4], sccp, [0, any], 'A'],
  [sccp, [0, 4], either, [0, 6], 'B'],
  [sccp, [0, 4], either, [7, any], 'C'],
  [sccp, [5, 5], sccp, [5, any], 'A'],
  [sccp, [5, 5], either, [5, 6], 'B'],
  [sccp, [5, 5], either, [7, any], 'C'],
  [sccp, [6, any], sccp, [5, any], 'A'],
  [sccp, [6, any], either, [5, any], 'C'],
  [sip, [0, 4], sccp, [0, 5], 'B'],
  [sip, [0, 4], sccp, [6, any], 'F'],
  [sip, [0, 4], either, [0, 6], 'B'],
  [sip, [0, 4], either, [7, any], 'F'],
  [sip, [5, 6], sccp, [5, any], 'D'],
  [sip, [5, 6], either, [5, 6], 'B'],
  [sip, [5, 6], either, [7, any], 'F', 'table 3 says D, its note 2 says F'],
  [sip, [7, any], sccp, [5, any], 'E'],
  [sip, [7, any], either, [7, any], 'E'],
  [sip, [7, any], either, [5, 6], 'E', 'no row in table 3; table 2 allows it'],
  [mgcp, [0, 4], sccp, [0, 5], 'B'],
  [mgcp, [0, 4], sccp, [6, any], 'F'],
  [mgcp, [0, 4], either, [0, 6], 'B'],
  [mgcp, [0, 4], either, [7, any], 'F'],
  [mgcp, [5, 6], sccp, [5, any], 'D'],
  [mgcp, [5, 6], either, [5, 6], 'B'],
  [mgcp, [5, 6], either, [7, any], 'F'],
  [mgcp, [7, any], sccp, [5, any], 'E'],
  [mgcp, [7, any], either, [5, any], 'E'],
];

export const scenarios: readonly Scenario[] = rows.map(
  ([from, fromMajors, to, toMajors, procedure, deviation]) => ({
    from,
    fromMajors,
    to,
    toMajors,
    procedure,
    ...(deviation === undefined ? {} : { deviation }),
  }),
);

function within(majors: Majors, major: number): boolean {
  return major >= majors[0] && major <= majors[1];
}

export function scenarioFor(from: ImageName, to: ImageName): Scenario | undefined {
  return scenarios.find(
    (row) =>
      row.from.includes(from.protocol) &&
      within(row.fromMajors, from.major) &&
      row.to.includes(to.protocol) &&
      within(row.toMajors, to.major),
  );
}
