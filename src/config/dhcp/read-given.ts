import { encodeOption } from '../../codec/dhcp/dhcp-options.ts';
import type { DhcpOption } from '../../codec/dhcp/dhcp-message.ts';
import type { DhcpGiven, LeaseTimes } from '../../model/dhcp-settings.ts';
import type { Problem } from '../listen.ts';
import type { GivenText, LeaseTexts } from './shape.ts';
import { readAddress, readLease, readOption, readTftp, readTimeOffset } from './values.ts';

export type Path = readonly (string | number)[];

/** Collects what is wrong, each with its place below `dhcp`. */
export type Report = (path: Path, text: string) => void;

/** What was read; undefined where there is nothing, or nothing that can be read. */
export function readAt<Text, Value extends object>(
  report: Report,
  path: Path,
  text: Text | undefined,
  read: (text: Text) => Value | Problem,
): Value | undefined {
  if (text === undefined) return undefined;
  const value = read(text);
  if (!('problem' in value)) return value;
  report(path, value.problem);
  return undefined;
}

export function readGiven(report: Report, path: Path, text: GivenText): DhcpGiven {
  const tftp = readAt(report, [...path, 'tftp'], text.tftp, readTftp)?.tftp;
  const nextServer = readAt(report, [...path, 'next_server'], text.next_server, readAddress);
  const { boot_file: bootFile } = text;
  if (bootFile !== undefined && !/^[\x20-\x7e]{1,127}$/.test(bootFile))
    report([...path, 'boot_file'], 'a boot file has 1 to 127 characters of ASCII');
  return {
    options: [...ownOptions(report, path, text), ...numbered(report, path, text)],
    ...(tftp && { tftp }),
    ...(nextServer && { nextServer: nextServer.address }),
    ...(bootFile !== undefined && { bootFile }),
  };
}

/** Options that have a key of their own. */
function ownOptions(report: Report, path: Path, text: GivenText): readonly DhcpOption[] {
  const lists = [
    { key: 'routers', code: 3, values: text.routers },
    { key: 'dns', code: 6, values: text.dns },
    { key: 'ntp', code: 42, values: text.ntp },
  ];
  const made = lists.flatMap(({ key, code, values }) => {
    const read = values?.map((each, index) =>
      readAt(report, [...path, key, index], each, readAddress),
    );
    if (!values || read?.some((each) => each === undefined)) return [];
    return [{ code, bytes: encodeOption(code, values.join(' ')) }];
  });
  const { domain } = text;
  const offset = readAt(report, [...path, 'time_offset'], text.time_offset, readTimeOffset);
  const own = domain === undefined ? undefined : readOption('15', `text ${domain}`);
  return [
    ...made,
    ...(own && 'code' in own ? [own] : []),
    ...(offset ? [{ code: 2, bytes: encodeOption(2, String(offset.seconds)) }] : []),
  ];
}

function numbered(report: Report, path: Path, { options }: GivenText): readonly DhcpOption[] {
  return Object.entries(options).flatMap(([key, value]) => {
    const read = (text: string) => readOption(key, text);
    const option = readAt(report, [...path, 'options', key], value, read);
    return option ? [option] : [];
  });
}

/** What is not said is as it is around it. */
export function readLeaseTimes(
  report: Report,
  path: Path,
  text: LeaseTexts,
  around: LeaseTimes,
): LeaseTimes {
  const read = (key: keyof LeaseTexts) =>
    readAt(report, [...path, key], text[key], readLease)?.seconds;
  const said = { usual: read('lease'), shortest: read('lease_min'), longest: read('lease_max') };
  const usual = said.usual ?? around.usual;
  const times = {
    usual,
    shortest: said.shortest ?? Math.min(around.shortest, usual),
    longest: said.longest ?? Math.max(around.longest, usual),
  };
  if (times.shortest > usual) report([...path, 'lease_min'], 'it is longer than the lease');
  if (times.longest < usual) report([...path, 'lease_max'], 'it is shorter than the lease');
  return times;
}
