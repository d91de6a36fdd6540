import { CodecError } from '../../wire/codec-error.ts';
import { parseAuthentication } from './authentication.ts';
import { checkAbilities } from './check-abilities.ts';
import { parseCSeq } from './cseq.ts';
import { headerName, singleHeaders } from './header-names.ts';
import { headerOf, rawHeadersOf } from './headers-of.ts';
import { parseNameAddr } from './name-addr.ts';
import type { SipMessage, SipRequest } from './sip-message.ts';
import { badRequest, type SipAbilities, type SipProblem } from './sip-problem.ts';
import { parameterFault, shown } from './sip-text.ts';
import { parseSipUri } from './sip-uri.ts';
import { contentTypeOf, maxForwardsOf } from './typed-headers.ts';
import { uriScheme } from './uri.ts';
import { parseVia } from './via.ts';

/**
 * Whether a message can be worked with: RFC 3261 sections 8.1.1 and 18; with `abilities` also
 * whether its receiver is able to, sections 8.1.3, 8.2 and 16.3. A request with a problem is answered
 * with its status (ACK never is), a response with one is dropped.
 */
export function checkSip(message: SipMessage, abilities?: SipAbilities): SipProblem | undefined {
  try {
    const problem = formProblem(message);
    return problem ?? (abilities && checkAbilities(message, abilities));
  } catch (error) {
    if (error instanceof CodecError) return badRequest(error.message);
    throw error;
  }
}

function formProblem(message: SipMessage): SipProblem | undefined {
  const { version } = message;
  if (version.trim() !== version) return badRequest('blanks behind the start line');
  if (version.toUpperCase() !== 'SIP/2.0')
    return { status: 505, reason: 'Version Not Supported', text: `the version is ${version}` };
  return (
    countProblem(message) ??
    (message.kind === 'request' ? requestProblem(message) : statusProblem(message.status)) ??
    addressProblem(message) ??
    bodyProblem(message)
  );
}

function statusProblem(status: number): SipProblem | undefined {
  return status >= 100 && status <= 699 ? undefined : badRequest(`no status is ${status}`);
}

function countProblem(message: SipMessage): SipProblem | undefined {
  for (const name of ['to', 'from', 'call-id', 'cseq', 'via'])
    if (headerOf(message, name) === undefined) return badRequest(`${name} is missing`);
  for (const name of singleHeaders) {
    const count = message.headers.filter((each) => headerName(each.name) === name).length;
    if (count > 1) return badRequest(`${name} stands ${count} times`);
  }
  return undefined;
}

function requestProblem(request: SipRequest): SipProblem | undefined {
  const { uri, method } = request;
  if (/\s/.test(uri) || uri === '') return badRequest('the start line has more than two blanks');
  if (uri.startsWith('<')) return badRequest('the request URI stands in angle brackets');
  const scheme = uriScheme(uri);
  if (scheme === undefined) return badRequest(`the request URI ${shown(uri)} has no scheme`);
  if ((scheme === 'sip' || scheme === 'sips') && parseSipUri(uri).headers !== undefined)
    return badRequest('the request URI has headers');
  const sequence = parseCSeq(headerOf(request, 'cseq') ?? '');
  if (sequence.method !== method)
    return badRequest(`CSeq is of ${sequence.method}, the request is ${method}`);
  maxForwardsOf(request);
  return undefined;
}

function addressProblem(message: SipMessage): SipProblem | undefined {
  parseCSeq(headerOf(message, 'cseq') ?? '');
  const callId = headerOf(message, 'call-id') ?? '';
  if (callId === '' || /\s/.test(callId)) return badRequest(`Call-ID is ${shown(callId)}`);
  for (const name of ['via', 'from', 'to', 'contact', 'route', 'record-route'])
    for (const value of rawHeadersOf(message, name)) {
      const fault = value === '' ? 'an empty value' : parameterFault(value);
      if (fault !== undefined) return badRequest(`${name} has ${fault}`);
      if (name === 'via') parseVia(value);
      else if (name !== 'contact' || value !== '*') checkAddress(name, value);
    }
  return authorizationProblem(message);
}

/** Throws CodecError. */
function checkAddress(name: string, value: string): void {
  const { uri } = parseNameAddr(name, value);
  const scheme = uriScheme(uri);
  if (scheme === 'sip' || scheme === 'sips') parseSipUri(uri);
}

/** What is of another scheme than Digest is for whoever knows that scheme. */
function authorizationProblem(message: SipMessage): SipProblem | undefined {
  for (const name of ['authorization', 'proxy-authorization'])
    for (const value of rawHeadersOf(message, name))
      if (/^digest\s/i.test(value)) parseAuthentication(name, value);
  return undefined;
}

function bodyProblem(message: SipMessage): SipProblem | undefined {
  const length = headerOf(message, 'content-length');
  if (length !== undefined && !/^\d{1,9}$/.test(length))
    return badRequest(`Content-Length is ${shown(length)}`);
  if (contentTypeOf(message) !== undefined || isBlank(message.body)) return undefined;
  return badRequest('there is a body without Content-Type');
}

/** Line ends behind the headers are no body, though nothing says that they are none. */
function isBlank(body: Uint8Array): boolean {
  return body.every((byte) => byte === 13 || byte === 10);
}
