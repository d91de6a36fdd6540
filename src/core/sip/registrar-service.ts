import { authenticationText } from '../../codec/sip/authentication.ts';
import { checkDigest, digestChallenge, type DigestVerdict } from '../../codec/sip/digest-server.ts';
import { headerOf } from '../../codec/sip/headers-of.ts';
import { parseNameAddr } from '../../codec/sip/name-addr.ts';
import type { Nonces } from '../../codec/sip/nonces.ts';
import type { ResponseParts } from '../../codec/sip/respond.ts';
import type { SipHeader, SipRequest } from '../../codec/sip/sip-message.ts';
import { parseSipUri, unescaped } from '../../codec/sip/sip-uri.ts';
import { utf8Text } from '../../codec/sip/sip-text.ts';
import type { Binding, BindingPath } from '../../model/binding.ts';
import type { RegisterTokens } from '../../model/family-sip.ts';
import { ifReadable } from '../../wire/if-readable.ts';
import type { Mac } from '../../wire/mac.ts';
import type { BindingTable } from './binding-table.ts';
import type { BindingWriter } from './binding-writer.ts';
import type { OwnedLine } from './owned-line.ts';
import { register, type Registered, type RegistrarTimes } from './registrar.ts';
import type { RegisterNews, RegisterOutcome } from './register-news.ts';
import { registerTokens } from './register-tokens.ts';

export type RegistrarParts = {
  readonly table: BindingTable;
  readonly writer: BindingWriter;
  readonly nonces: Nonces;
  readonly times: RegistrarTimes;
  /** All phones' lines of this name; phones may share one. */
  linesOf(user: string): Promise<readonly OwnedLine[]>;
  /** Whether phones that register with this host register here. */
  isOwnServer(host: string): boolean;
  /** Whom the network knows behind an address. */
  holderOf(address: string): Mac | undefined;
  /** Milliseconds since the epoch. */
  now(): number;
  onNews(news: RegisterNews): void;
};

export type RegistrarService = {
  /** The answer, when all that it says is on disk. The request is well formed. */
  register(request: SipRequest, from: BindingPath, local?: string): Promise<ResponseParts>;
  knows(user: string): Promise<boolean>;
};

/** Of all challenges; passwords are never made for it, so that any word does. */
export const registrarRealm = 'hookflash';
/** The stronger one first, RFC 8760 section 2.4. */
const usualAlgorithms: readonly string[] = ['SHA-256', 'MD5'];

type Asked = {
  readonly request: SipRequest;
  readonly from: BindingPath;
  readonly local: string | undefined;
  readonly user: string;
  readonly tokens: RegisterTokens;
};

/** Says who may register, RFC 3261 section 10.3 steps 1 to 5, and then has it registered. */
export function createRegistrarService(parts: RegistrarParts): RegistrarService {
  const tell = teller(parts);

  return {
    async register(request, from, local) {
      const user = userOf(request);
      const tokens = registerTokens(request);
      const asked: Asked = { request, from, local, user: user ?? '', tokens };
      const lines = user === undefined ? [] : await parts.linesOf(user);
      if (lines.length === 0) return tell(asked, 'unknown-line', notFound);
      const ours = lines.filter(({ server }) => server === '' || parts.isOwnServer(server));
      const [someone] = lines;
      const theirs = { ...(someone && { mac: someone.mac, family: someone.family }) };
      if (ours.length === 0)
        return tell(asked, 'elsewhere', elsewhere(someone?.server ?? ''), {
          ...theirs,
          because: `its settings name ${someone?.server ?? ''}`,
        });
      const withPassword = ours.filter(({ password }) => password !== '');
      if (withPassword.length === 0) return tell(asked, 'no-password', noPassword, theirs);
      const { verdict, good } = judge(parts, asked, withPassword);
      const owner = ownerOf(parts, asked, good.length > 0 ? good : withPassword);
      if (!owner) return tell(asked, 'unknown-line', notFound);
      const about = { mac: owner.mac, family: owner.family };
      if (verdict.kind === 'good') return keep(parts, asked, owner);
      if (verdict.kind === 'elsewhere')
        return tell(asked, 'refused', badRequest, { ...about, because: verdict.because });
      const answer = challenge(parts, verdict.kind === 'stale', algorithmsFor(asked, owner));
      if (verdict.kind !== 'wrong') return tell(asked, 'challenged', answer, about);
      return tell(asked, 'wrong-password', answer, { ...about, because: verdict.because });
    },
    knows: async (user) => (await parts.linesOf(user)).length > 0,
  };
}

type Tell = (
  asked: Asked,
  outcome: RegisterOutcome,
  answer: ResponseParts,
  more?: Partial<RegisterNews>,
) => ResponseParts;

/** Tells what an answer was, and gives it. */
function teller({ now, onNews }: RegistrarParts): Tell {
  return ({ request, user, from }, outcome, answer, more = {}) => {
    const userAgent = headerOf(request, 'user-agent');
    onNews({
      ...{ at: now(), user, from, outcome, status: answer.status, traces: {} },
      ...(userAgent !== undefined && { userAgent }),
      ...more,
    });
    return answer;
  };
}

/** Of somebody who may: the table at once, the answer when it is on disk. */
async function keep(parts: RegistrarParts, asked: Asked, line: OwnedLine): Promise<ResponseParts> {
  const { table, writer, times } = parts;
  const { request, user, from, local, tokens } = asked;
  const { mac, family } = line;
  const tell = teller(parts);
  const now = parts.now();
  const current = table.of(user, now);
  const result = register({
    ...{ request, user, mac, from, now, current, times },
    ...(local !== undefined && { local }),
  });
  const { put, gone, status, reason, headers, because } = result;
  const traces = family.sip?.traces(tokens) ?? {};
  const about = { mac, family, traces, ...(because !== undefined && { because }) };
  if (status !== 200) return tell(asked, 'refused', { status, reason, headers }, about);
  table.change(put, gone);
  try {
    await writer.write({ put, gone });
  } catch (error) {
    undo(table, current, result);
    const text = error instanceof Error ? error.message : String(error);
    return tell(asked, 'not-saved', failure, { ...about, because: text });
  }
  const outcome = outcomeOf(asked, result, current.length);
  const more = { ...expiresOf(result, now), ...restartReason(asked, result) };
  return tell(asked, outcome, { status, reason, headers }, { ...about, ...more });
}

/** Unless a later request has changed it again. */
function undo(table: BindingTable, current: readonly Binding[], { put, gone }: Registered): void {
  if (!put.every((each) => table.get(each) === each)) return;
  const changed = new Set([...put, ...gone].map(({ contact }) => contact));
  table.change(
    current.filter(({ contact }) => changed.has(contact)),
    put,
  );
}

function expiresOf({ put, gone }: Registered, now: number): Partial<RegisterNews> {
  const [first] = put;
  if (first) return { expires: Math.round((first.expiresAt - now) / 1000) };
  return gone.length > 0 ? { expires: 0 } : {};
}

const failure = { status: 500, reason: 'Server Internal Error' };
const badRequest: ResponseParts = {
  status: 400,
  reason: 'Bad Request',
  headers: [warning('the uri of the credentials is not the request URI')],
};
const notFound = { status: 404, reason: 'Not Found' };
const noPassword: ResponseParts = {
  status: 403,
  reason: 'Forbidden',
  headers: [warning('the line has no password')],
};

function elsewhere(server: string): ResponseParts {
  const text = `the settings of this phone name ${server}`;
  return { status: 403, reason: 'Forbidden', headers: [warning(text)] };
}

/** RFC 3261 section 20.43; 399 is any warning for people. */
function warning(text: string): SipHeader {
  const plain = text.replace(/[^\x20-\x7e]|["\\]/g, '?');
  return { name: 'Warning', value: `399 hookflash "${plain}"` };
}

/** The user part of To, as people write it. Undefined where there is none. */
function userOf(request: SipRequest): string | undefined {
  return ifReadable(() => {
    const { uri } = parseNameAddr('to', headerOf(request, 'to') ?? '');
    const { user } = parseSipUri(uri);
    return user === undefined ? undefined : utf8Text(unescaped(user));
  });
}

/** Phones that share a line may have passwords of their own. */
function judge({ nonces }: RegistrarParts, { request }: Asked, lines: readonly OwnedLine[]) {
  let verdict: DigestVerdict = { kind: 'missing' };
  const good: OwnedLine[] = [];
  for (const passwords of Map.groupBy(lines, ({ password }) => password).values()) {
    const found = checkDigest(request, {
      ...{ header: 'authorization', realm: registrarRealm, algorithms: usualAlgorithms },
      ...{ nonces, takesNoQop: true },
      passwordOf: (name) => passwords.find(({ authName }) => authName === name)?.password,
    });
    if (found.kind === 'missing') return { verdict: found, good };
    if (verdict.kind !== 'good' && (found.kind !== 'wrong' || verdict.kind === 'missing'))
      verdict = found;
    if (found.kind === 'good')
      good.push(...passwords.filter(({ authName }) => authName === found.username));
  }
  return { verdict, good };
}

/** Of several phones that share the line: the one that it says it is, or the network says. */
function ownerOf(
  { holderOf, table, now }: RegistrarParts,
  { from, tokens, user, request }: Asked,
  lines: readonly OwnedLine[],
): OwnedLine | undefined {
  const [first] = lines;
  if (lines.length < 2) return first;
  const of = (mac: Mac | undefined) => lines.find((line) => line.mac === mac);
  const callId = headerOf(request, 'call-id');
  const said = lines.find((line) => line.family.sip?.traces(tokens).mac === line.mac);
  const before = table.of(user, now()).find((each) => each.callId === callId);
  return said ?? of(holderOf(from.address)) ?? of(before?.mac) ?? first;
}

/** Old phones answer the first challenge alone, and know less than they could choose from. */
function algorithmsFor({ tokens }: Asked, { family }: OwnedLine): readonly string[] {
  const { userAgent } = tokens;
  const userAgents = userAgent === undefined ? [] : [userAgent];
  const traces = { paths: [], vendorClasses: [], hostNames: [], userAgents };
  const isOfFamily = family.recognise?.(traces) !== undefined;
  return (isOfFamily ? family.sip?.algorithms : undefined) ?? usualAlgorithms;
}

function challenge(
  { nonces }: RegistrarParts,
  isStale: boolean,
  algorithms: readonly string[],
): ResponseParts {
  const nonce = nonces.make();
  const headers = algorithms.map((algorithm) => ({
    name: 'WWW-Authenticate',
    value: authenticationText(
      digestChallenge({ realm: registrarRealm, nonce, algorithm, isStale }),
    ),
  }));
  return { status: 401, reason: 'Unauthorized', headers };
}

function outcomeOf({ tokens }: Asked, { put, gone }: Registered, before: number): RegisterOutcome {
  if (put.length > 0) return before > 0 ? 'renewed' : 'registered';
  if (gone.length === 0) return 'asked';
  return tokens.reasons.length > 0 ? 'restarts' : 'removed';
}

function restartReason({ tokens }: Asked, { put, gone }: Registered): Partial<RegisterNews> {
  const [because] = tokens.reasons;
  return put.length === 0 && gone.length > 0 && because !== undefined ? { because } : {};
}
