import { authenticationText } from '../../codec/sip/authentication.ts';
import { checkDigest, digestChallenge, type DigestVerdict } from '../../codec/sip/digest-server.ts';
import { headerOf } from '../../codec/sip/headers-of.ts';
import { parseNameAddr } from '../../codec/sip/name-addr.ts';
import type { Nonces } from '../../codec/sip/nonces.ts';
import type { ResponseParts } from '../../codec/sip/respond.ts';
import type { SipHeader, SipRequest } from '../../codec/sip/sip-message.ts';
import { parseSipUri, unescaped } from '../../codec/sip/sip-uri.ts';
import { utf8Text } from '../../codec/sip/sip-text.ts';
import type { BindingPath } from '../../model/binding.ts';
import type { RegisterTokens, RegisterTraces } from '../../model/family-sip.ts';
import { CodecError } from '../../wire/codec-error.ts';
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
  function tell(
    { request, user, from }: Asked,
    outcome: RegisterOutcome,
    answer: ResponseParts,
    more: Partial<RegisterNews> = {},
  ): ResponseParts {
    const userAgent = headerOf(request, 'user-agent');
    parts.onNews({
      ...{ at: parts.now(), user, from, outcome, status: answer.status, traces: {} },
      ...(userAgent !== undefined && { userAgent }),
      ...more,
    });
    return answer;
  }

  async function keep(asked: Asked, line: OwnedLine, traces: RegisterTraces) {
    const { request, user, from, local } = asked;
    const { table, writer, times } = parts;
    const now = parts.now();
    const current = table.of(user, now);
    const result = register({
      ...{ request, user, mac: line.mac, from, now, current, times },
      ...(local !== undefined && { local }),
    });
    const { put, gone, status, reason, headers, because } = result;
    const about = { mac: line.mac, family: line.family, traces, ...(because && { because }) };
    if (status !== 200) return tell(asked, 'refused', { status, reason, headers }, about);
    table.change(put, gone);
    try {
      await writer.write({ put, gone });
    } catch (error) {
      const before = current.filter((each) => [...put, ...gone].some((one) => isSame(one, each)));
      // Unless a later request has changed it again.
      if (put.every((each) => table.get(each) === each)) table.change(before, put);
      const text = error instanceof Error ? error.message : String(error);
      return tell(asked, 'not-saved', failure, { ...about, because: text });
    }
    const first = put[0] && Math.round((put[0].expiresAt - now) / 1000);
    const expires = first ?? (gone.length > 0 ? 0 : undefined);
    const more = { ...about, ...(expires !== undefined && { expires }) };
    return tell(
      asked,
      outcomeOf(asked, result, current.length),
      { status, reason, headers },
      {
        ...more,
        ...restartReason(asked, result),
      },
    );
  }

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
      if (verdict.kind === 'good')
        return keep(asked, owner, owner.family.sip?.traces(tokens) ?? {});
      const answer = challenge(parts, verdict.kind === 'stale', algorithmsFor(asked, owner));
      if (verdict.kind !== 'wrong') return tell(asked, 'challenged', answer, about);
      return tell(asked, 'wrong-password', answer, { ...about, because: verdict.because });
    },
    knows: async (user) => (await parts.linesOf(user)).length > 0,
  };
}

const failure = { status: 500, reason: 'Server Internal Error' };
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
  try {
    const { uri } = parseNameAddr('to', headerOf(request, 'to') ?? '');
    const { user } = parseSipUri(uri);
    return user === undefined ? undefined : utf8Text(unescaped(user));
  } catch (error) {
    if (error instanceof CodecError) return undefined;
    throw error;
  }
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

function isSame(
  one: { readonly user: string; readonly contact: string },
  other: { readonly user: string; readonly contact: string },
): boolean {
  return one.user === other.user && one.contact === other.contact;
}
