import { headerOf, headersOf } from './headers-of.ts';
import { parseNameAddr } from './name-addr.ts';
import type { SipMessage, SipRequest } from './sip-message.ts';
import { badRequest, type SipAbilities, type SipProblem } from './sip-problem.ts';
import { contentTypeOf, maxForwardsOf } from './typed-headers.ts';
import { uriScheme } from './uri.ts';

/** Methods that are known to exist; others are answered with 501. RFC 3261 sections 21.4.6, 21.5.2. */
const knownMethods: ReadonlySet<string> = new Set(
  'INVITE ACK BYE CANCEL REGISTER OPTIONS PRACK SUBSCRIBE NOTIFY PUBLISH INFO REFER MESSAGE UPDATE'.split(
    ' ',
  ),
);

/** A well-formed message against what its receiver is able to do. Throws CodecError. */
export function checkAbilities(
  message: SipMessage,
  abilities: SipAbilities,
): SipProblem | undefined {
  if (message.kind === 'response') return responseProblem(message, abilities);
  return (
    sizeProblem(message, abilities) ??
    (abilities.role === 'proxy' ? undefined : methodProblem(message, abilities)) ??
    targetProblem(message, abilities) ??
    extensionProblem(message, abilities) ??
    (abilities.role === 'proxy' ? undefined : contentProblem(message, abilities))
  );
}

/** RFC 3261 section 8.1.3.3. */
function responseProblem(message: SipMessage, { role }: SipAbilities): SipProblem | undefined {
  const count = headersOf(message, 'via').length;
  if (role === 'proxy' || count === 1) return undefined;
  return badRequest(`${count} Vias: it is for somebody else`);
}

function sizeProblem(request: SipRequest, abilities: SipAbilities): SipProblem | undefined {
  const { mostBodyBytes = Infinity, mostUriLength = Infinity } = abilities;
  const { body, uri } = request;
  if (body.length > mostBodyBytes) {
    const text = `the body has ${body.length} bytes, the most is ${mostBodyBytes}`;
    return { status: 413, reason: 'Request Entity Too Large', text };
  }
  if (uri.length <= mostUriLength) return undefined;
  const text = `the request URI has ${uri.length} characters, the most is ${mostUriLength}`;
  return { status: 414, reason: 'Request-URI Too Long', text };
}

/** RFC 3261 section 8.2.1. */
function methodProblem(request: SipRequest, { methods }: SipAbilities): SipProblem | undefined {
  const { method } = request;
  if (!methods || methods.includes(method) || method === 'ACK') return undefined;
  const headers = [{ name: 'Allow', value: methods.join(', ') }];
  const text = `the method is ${method}`;
  return knownMethods.has(method)
    ? { status: 405, reason: 'Method Not Allowed', text, headers }
    : { status: 501, reason: 'Not Implemented', text, headers };
}

/** RFC 3261 sections 8.2.2.1, 10.3 and 16.3. */
function targetProblem(request: SipRequest, { role }: SipAbilities): SipProblem | undefined {
  const scheme = uriScheme(request.uri);
  if (scheme !== 'sip' && scheme !== 'sips')
    return { status: 416, reason: 'Unsupported URI Scheme', text: `the scheme is ${scheme}` };
  const to = uriScheme(parseNameAddr('to', headerOf(request, 'to') ?? '').uri);
  if (role === 'registrar' && request.method === 'REGISTER' && to !== 'sip' && to !== 'sips')
    return badRequest(`nobody can be registered whose To is of scheme ${to}`);
  if (role !== 'proxy' || maxForwardsOf(request) !== 0) return undefined;
  return { status: 483, reason: 'Too Many Hops', text: 'Max-Forwards is 0' };
}

/** RFC 3261 sections 8.2.2.3 and 16.3. */
function extensionProblem(
  request: SipRequest,
  { role, extensions }: SipAbilities,
): SipProblem | undefined {
  if (!extensions || request.method === 'ACK' || request.method === 'CANCEL') return undefined;
  const asked = headersOf(request, role === 'proxy' ? 'proxy-require' : 'require');
  const known = new Set(extensions.map((each) => each.toLowerCase()));
  const missing = asked.filter((each) => !known.has(each.toLowerCase()));
  if (missing.length === 0) return undefined;
  const value = missing.join(', ');
  const headers = [{ name: 'Unsupported', value }];
  return { status: 420, reason: 'Bad Extension', text: `it requires ${value}`, headers };
}

/** RFC 3261 sections 8.2.3, 20.1 and 21.4.7. */
function contentProblem(
  request: SipRequest,
  { contentTypes }: SipAbilities,
): SipProblem | undefined {
  if (!contentTypes) return undefined;
  const type = contentTypeOf(request)?.word;
  const encoding = headerOf(request, 'content-encoding');
  const headers = [{ name: 'Accept', value: contentTypes.join(', ') }];
  const unsupported = { status: 415, reason: 'Unsupported Media Type', headers } as const;
  if (request.body.length > 0 && type !== undefined && !contentTypes.includes(type))
    return { ...unsupported, text: `the body is ${type}` };
  if (encoding !== undefined && encoding !== '' && encoding.toLowerCase() !== 'identity')
    return {
      ...unsupported,
      text: `the body is encoded as ${encoding}`,
      headers: [{ name: 'Accept-Encoding', value: 'identity' }],
    };
  return request.method === 'INVITE' ? acceptProblem(request, contentTypes) : undefined;
}

/** An answer with a session description must be acceptable to whoever calls. */
function acceptProblem(
  request: SipRequest,
  contentTypes: readonly string[],
): SipProblem | undefined {
  const accepted = headersOf(request, 'accept').map((value) => typeOf(value));
  const isFine = accepted.some(
    (type) =>
      type === '*/*' ||
      contentTypes.some((own) => own === type || type === `${own.split('/')[0]}/*`),
  );
  if (accepted.length === 0 || isFine) return undefined;
  const text = `it accepts ${accepted.join(', ')} only`;
  return { status: 406, reason: 'Not Acceptable', text };
}

function typeOf(value: string): string {
  return (value.split(';')[0] ?? '').replace(/\s/g, '').toLowerCase();
}
