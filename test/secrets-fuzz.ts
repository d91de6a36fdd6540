import { join } from 'node:path';
import { seededRandom } from '../src/twin/seeded-random.ts';
import type { Mac } from '../src/wire/mac.ts';
import {
  askByHttp,
  askByTftp,
  httpAttempt,
  tftpAttempt,
  type Known,
  type Received,
} from './secrets-fuzz-clients.ts';
import { namesFor, pick, type Random } from './secrets-fuzz-names.ts';
import {
  computer,
  macs,
  randomSecrets,
  startSite,
  type Secrets,
  type Site,
} from './secrets-fuzz-site.ts';

/**
 * Two sites that differ in their secrets alone, and in the lengths and times of files that hold them.
 * Whoever may not see secrets must get the same bytes from both: then no size, tag or time tells
 * anything either. And no piece of four characters of any secret may be among them.
 */
export type FuzzOptions = {
  readonly attempts: number;
  readonly seed: number;
  /** A folder of its own. */
  readonly folder: string;
  /** Believes every file name from anywhere: then the fuzzer must find something. */
  readonly believesNames?: true;
};

export type FuzzReport = {
  readonly attempts: number;
  readonly bytes: number;
  /** Attempts that were answered with a file, and files that came with blanks. */
  readonly answered: number;
  readonly failures: readonly string[];
};

const lanes = 12;

/** An address that asks for what is not its own, and whose secrets it may see all the same. */
type Asker = { readonly address: string; readonly may: readonly (keyof Secrets)[] };

type Pair = {
  readonly sites: readonly [Site, Site];
  readonly secrets: readonly [Secrets, Secrets];
  readonly known: readonly [Known, Known];
};

export async function fuzzSecrets(options: FuzzOptions): Promise<FuzzReport> {
  const { attempts, seed, folder } = options;
  const random = seededRandom(seed);
  const secrets = [randomSecrets(random), randomSecrets(random)] as const;
  const holders = holdersOf();
  const trusts = () => options.believesNames === true;
  const sites = [
    await startSite(join(folder, 'one'), secrets[0], holders, trusts),
    await startSite(join(folder, 'two'), secrets[1], holders, trusts),
  ] as const;
  try {
    const known = [await holderAsks(sites[0], secrets[0]), await holderAsks(sites[1], secrets[1])];
    const pair = { sites, secrets, known: known as unknown as Pair['known'] };
    const perLane = Math.ceil(attempts / lanes);
    const reports = await Promise.all(
      Array.from({ length: lanes }, (_, lane) =>
        runLane(pair, lane, seededRandom(seed + 1 + lane), perLane),
      ),
    );
    return {
      attempts: reports.reduce((sum, report) => sum + report.attempts, 0),
      bytes: reports.reduce((sum, { bytes }) => sum + bytes, 0),
      answered: reports.reduce((sum, { answered }) => sum + answered, 0),
      failures: [...reports.flatMap(({ failures }) => failures), ...inEvents(pair)].slice(0, 20),
    };
  } finally {
    await Promise.all(sites.map((site) => site.stop()));
  }
}

/** Every lane has addresses of its own, so that what one has asked for changes nothing for others. */
function askersOf(lane: number): readonly Asker[] {
  const net = `127.1.${lane}`;
  return [
    { address: `${net}.10`, may: [] },
    { address: `${net}.11`, may: [] },
    { address: `${net}.12`, may: [] },
    // A known phone by its lease, and one by the neighbour table.
    { address: `${net}.1`, may: ['other', 'common'] },
    { address: `${net}.21`, may: ['other', 'common'] },
    // A computer on the same link.
    { address: `${net}.31`, may: [] },
  ];
}

const holderAddress = '127.2.0.1';
const unlistedAddress = '127.2.1.1';

function holdersOf(): ReadonlyMap<string, Mac> {
  const holders = new Map<string, Mac>([
    [holderAddress, macs.sip],
    [unlistedAddress, macs.unlisted],
  ]);
  for (let lane = 0; lane < lanes; lane++) {
    holders.set(`127.1.${lane}.1`, macs.other);
    holders.set(`127.1.${lane}.21`, macs.other);
    holders.set(`127.1.${lane}.31`, computer);
  }
  return holders;
}

/** The holders get their files whole; what a file's tag and time are is known to the attacker. */
async function holderAsks(site: Site, secrets: Secrets): Promise<Known> {
  const get = (from: string, path: string) =>
    askByHttp(from, site.http, {
      head: `GET /${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
    });
  const whole = await get(holderAddress, `SIP${macs.sip}.cnf`);
  const handMade = await get(unlistedAddress, `SIP${macs.unlisted}.cnf`);
  const common = await get(holderAddress, 'SIPDefault.cnf');
  const tftp = await askByTftp(holderAddress, site.tftp, {
    ...{ name: `SIP${macs.sip}.cnf`, mode: 'octet', options: [], copies: 1 },
  });
  const checks = [
    [whole, secrets.sip[0]],
    [tftp, secrets.sip[1]],
    [handMade, secrets.unlisted[3]],
    [common, secrets.common[0]],
  ] as const;
  for (const [{ content }, secret = ''] of checks)
    if (!content.includes(secret)) throw new Error(`the holder did not get its file: ${content}`);
  const header = (name: string) =>
    new RegExp(`^${name}: (.*)\r$`, 'im').exec(handMade.content)?.[1] ?? '';
  return { tag: header('ETag'), modified: header('Last-Modified') };
}

async function runLane(
  pair: Pair,
  lane: number,
  random: Random,
  attempts: number,
): Promise<FuzzReport> {
  const nameOf = namesFor(Object.values(macs), pair.sites[0].handMade);
  const askers = askersOf(lane);
  const failures: string[] = [];
  const secretFor = new Map(
    askers.map((asker) => [asker, pair.secrets.map((each) => forbidden(each, asker))]),
  );
  let bytes = 0;
  let answered = 0;
  let attempt = 0;
  for (; attempt < attempts && failures.length < 3; attempt++) {
    const asker = pick(random, askers);
    const name = nameOf(random);
    const { ask, what } = asking(pair, random, asker.address, name);
    const [one, two] = await Promise.all([ask(0), ask(1)]);
    bytes += one.bytes.length + two.bytes.length;
    if (isFile(one)) answered++;
    const where = `${asker.address} ${what}`;
    for (const [at, received] of [one, two].entries()) {
      const leak = leakIn(received.bytes, secretFor.get(asker)![at]!);
      if (leak !== undefined) failures.push(`${where}: ${leak}`);
    }
    // What it may see of its own differs.
    if (asker.may.length === 0 && one.content !== two.content)
      failures.push(...(await tellsApart(ask, where)));
  }
  return { attempts: attempt, bytes, answered, failures };
}

/** An answer that was lost on the way is no difference. */
async function tellsApart(
  ask: (site: 0 | 1) => Promise<Received>,
  where: string,
): Promise<readonly string[]> {
  for (let time = 0; time < 3; time++) {
    const [one, two] = [await ask(0), await ask(1)];
    if (one.content === two.content) return [];
    if (time < 2) continue;
    return [`${where}: tells the sites apart: ${excerpt(one)} and ${excerpt(two)}`];
  }
  return [];
}

function excerpt({ content }: Received): string {
  return JSON.stringify(content.slice(0, 400));
}

function asking({ sites, known }: Pair, random: Random, from: string, name: string) {
  if (random() < 0.5) {
    const attempt = tftpAttempt(random, name);
    const what = `TFTP ${JSON.stringify(attempt)}`;
    return { what, ask: (site: 0 | 1) => askByTftp(from, sites[site].tftp, attempt) };
  }
  const attempt = httpAttempt(random, name);
  const what = `HTTP ${JSON.stringify(attempt(known[0]).head)}`;
  return { what, ask: (site: 0 | 1) => askByHttp(from, sites[site].http, attempt(known[site])) };
}

/** A data or option packet, or a file over HTTP. */
function isFile({ content }: Received): boolean {
  return /^(\0[\x03\x06]|HTTP\/1\.1 20[06])/.test(content);
}

const pieces = new WeakMap<readonly string[], ReadonlySet<string>>();

/** All runs of four characters. */
function piecesOf(words: readonly string[]): ReadonlySet<string> {
  const known = pieces.get(words) ?? new Set(words.flatMap(runsOf));
  pieces.set(words, known);
  return known;
}

function runsOf(word: string): readonly string[] {
  return Array.from({ length: word.length - 3 }, (_, at) => word.slice(at, at + 4));
}

/** Words of which the asker may not see any piece; pieces that are in what he may see are left out. */
function forbidden(secrets: Secrets, { may }: Asker): ReadonlySet<string> {
  const keys = Object.keys(secrets) as (keyof Secrets)[];
  const all = keys.filter((key) => !may.includes(key)).map((key) => piecesOf(secrets[key]));
  const allowed = may.map((key) => piecesOf(secrets[key]));
  return new Set(
    all.flatMap((set) => [...set].filter((piece) => !allowed.some((each) => each.has(piece)))),
  );
}

function leakIn(bytes: Buffer, secret: ReadonlySet<string>): string | undefined {
  const text = bytes.toString('latin1');
  // In UTF-16 zeros stand between.
  for (const read of text.includes('\0') ? [text, text.replaceAll('\0', '')] : [text])
    for (let at = 0; at + 4 <= read.length; at++)
      if (secret.has(read.slice(at, at + 4)))
        return `"${read.slice(at, at + 4)}" at ${at} of ${JSON.stringify(read.slice(0, 300))}`;
  return undefined;
}

/** What `serve` prints must not show them either. */
function inEvents({ sites, secrets }: Pair): readonly string[] {
  return sites.flatMap((site, at) => {
    const all = forbidden(secrets[at]!, { address: '', may: [] });
    const text = Buffer.from(JSON.stringify(site.events.map((event) => withoutPath(event))));
    const leak = leakIn(text, all);
    return leak === undefined ? [] : [`an event says ${leak}`];
  });
}

/** Errors are no JSON by themselves. */
function withoutPath(event: Site['events'][number]): unknown {
  return event.kind === 'problem' ? String(event.error) : event;
}
