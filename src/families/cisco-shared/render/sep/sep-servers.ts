import type { Candidate, Candidates } from './sep-candidates.ts';
import { entryOf, firstOfEach, needed, type SepEntry } from './sep-entry.ts';
import { linePath, memberPath, parseSepPath } from './sep-paths.ts';

export type SepProtocol = 'SIP' | 'SCCP';

/** Where phones of each protocol find the server when nobody says another port. */
const usualPort = {
  SIP: ['ports/sipPort', '5060'],
  SCCP: ['ports/ethernetPhonePort', '2000'],
} as const;

/**
 * The servers that phones register with, in order. For SIP the 7940/7960's proxy of line 1 is the
 * first one when none is named: files that work have the same address in both places. Servers by
 * path are as the operator wrote them.
 */
export function serverEntries({ byPath }: Candidates, protocol: SepProtocol): readonly SepEntry[] {
  const all = [...byPath.values()].filter(({ path }) => path.startsWith(memberPath));
  const members = Map.groupBy(all, ({ path }) => parseSepPath(path)?.index ?? 0);
  const named = [...members].filter(([, own]) => isServer(own));
  const entries = named.flatMap(([index, own]) => {
    const written = own.map((each) => entryOf(each, each.path));
    const byWords = own.some((each) => isName(each) && !each.direct);
    return byWords ? memberEntries(index, written, protocol) : written;
  });
  if (named.length > 0 || protocol === 'SCCP') return entries;
  const proxy = byPath.get(`${linePath}[1]/proxy`);
  if (!proxy || proxy.direct || /^(USECALLMANAGER)?$/.test(proxy.value)) return [];
  const port = byPath.get(`${linePath}[1]/port`);
  const own = [
    entryOf(proxy, `${memberPath}[1]/callManager/processNodeName`),
    ...(port && port.value !== ''
      ? [entryOf(port, `${memberPath}[1]/callManager/ports/sipPort`)]
      : []),
  ];
  return memberEntries(1, own, protocol);
}

function isName({ path }: Candidate): boolean {
  return path.endsWith('/processNodeName');
}

function isServer(own: readonly Candidate[]): boolean {
  return own.some((each) => (each.direct && !each.spread) || (isName(each) && each.value !== ''));
}

function memberEntries(
  index: number,
  own: readonly SepEntry[],
  protocol: SepProtocol,
): readonly SepEntry[] {
  const prefix = `${memberPath}[${index}]`;
  const [portPath, port] = usualPort[protocol];
  const sipOnly = /\/(sipPort|securedSipPort)$/;
  return firstOfEach([
    ...own.filter(
      ({ path, value }) => value !== '' && !(protocol === 'SCCP' && sipOnly.test(path)),
    ),
    needed(`${prefix}/@priority`, `${index - 1}`, 'the order in which servers are tried'),
    needed(`${prefix}/callManager/${portPath}`, port, 'the usual port'),
  ]);
}
