import {
  decodeSipUpgradeConfig,
  type ServerEntry,
  sipUpgradePointers,
} from '../../../codec/config/sip-upgrade-config.ts';
import { isIPv4 } from '../../../wire/ipv4.ts';
import { upgradeFile } from '../paths.ts';

/** A server of the phone's list, as it is told of it. */
export type UpgradePointer = {
  /** 0 is S1. */
  readonly server: number;
  readonly address: string;
  readonly port: number;
  readonly action: number;
  readonly retry: number;
};

/** Where the phone finds the TFTP and the DNS server: how it is told is our assumption. */
export type PointerWay = 'servers' | 'none';

export type UpgradePointers =
  | { readonly pointers: readonly UpgradePointer[] }
  /** One for each line that is wrong: `FILE:LINE:COLUMN: cause`. */
  | { readonly problems: readonly string[] };

const retry = 10;
const tftpPort = 69;
const dnsPort = 53;

/**
 * What `SipUpgradeConfigFile.txt` tells a phone before it gets SIP software: S1, S2, and as S3 and S4
 * the master TFTP server and DNS, with action 0. NN42020-202, section 2.
 */
export function upgradePointers(text: string, way: PointerWay): UpgradePointers {
  const file = decodeSipUpgradeConfig(text);
  const problems = [...oddLines(file), ...wrongValues(file)];
  const { s1, s2, tftp, dns } = sipUpgradePointers(file);
  if (problems.length > 0) return { problems };
  if (s1.address === undefined)
    return { problems: [`${upgradeFile}: S1.Server.IP is missing: phones find no SIP server`] };
  const others =
    way === 'none'
      ? []
      : [
          ...(tftp === undefined ? [] : [plain(2, tftp, tftpPort)]),
          ...(dns === undefined ? [] : [plain(3, dns, dnsPort)]),
        ];
  return { pointers: [...named(0, s1), ...named(1, s2), ...others] };
}

type File = ReturnType<typeof decodeSipUpgradeConfig>;

function oddLines({ notes }: File): readonly string[] {
  return notes.map(({ line, column, text }) => `${upgradeFile}:${line}:${column}: ${text}`);
}

const checks: readonly (readonly [RegExp, (value: string) => boolean, string])[] = [
  [/\.IP$/, isIPv4, 'an IPv4 address'],
  [/\.PORT$/, (value) => isNumber(value, 1, 65_535), 'a port from 1 to 65535'],
  [/\.ACTION$/, (value) => value === '1' || value === '7', '1 (UNIStim) or 7 (SIP)'],
];

function wrongValues({ lines }: File): readonly string[] {
  return lines.flatMap((line) => {
    if (line.kind !== 'entry' || line.value === '') return [];
    const check = checks.find(([key]) => key.test(line.key));
    if (!check || check[1](line.value)) return [];
    const place = `${upgradeFile}:${line.line}:${line.valueColumn}`;
    return [`${place}: ${line.keyText} is "${line.value}", not ${check[2]}`];
  });
}

function isNumber(text: string, least: number, most: number): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= least && Number(text) <= most;
}

function named(server: number, entry: ServerEntry): readonly UpgradePointer[] {
  const { address, port = 5060, action = 7 } = entry;
  return address === undefined ? [] : [{ server, address, port, action, retry }];
}

function plain(server: number, address: string, port: number): UpgradePointer {
  return { server, address, port, action: 0, retry };
}
