import { CodecError } from '../../wire/codec-error.ts';
import { parseAuthentication } from './authentication.ts';
import { parseCSeq } from './cseq.ts';
import { headerName, singleHeaders } from './header-names.ts';
import { headerOf, headersOf } from './headers-of.ts';
import { parseNameAddr } from './name-addr.ts';
import type { SipMessage, SipRequest } from './sip-message.ts';
import { parseSipUri } from './sip-uri.ts';
import { isToken } from './sip-text.ts';
import { parseVia } from './via.ts';

/** What is wrong with a message, and the status that a request is answered with. */
export type SipProblem = {
  readonly status: number;
  readonly reason: string;
  readonly text: string;
};

/**
 * Whether a message is one that can be worked with: RFC 3261 sections 8.1.1, 8.2.2, 16.3 and 18.
 * Responses with a problem are dropped, requests answered with its status.
 */
export function checkSip(message: SipMessage): SipProblem | undefined {
  try {
    return problemOf(message);
  } catch (error) {
    if (error instanceof CodecError) return bad(error.message);
    throw error;
  }
}

function problemOf(message: SipMessage): SipProblem | undefined {
  if (message.version.toUpperCase() !== 'SIP/2.0')
    return { status: 505, reason: 'Version Not Supported', text: `version is ${message.version}` };
  return (
    structureProblem(message) ??
    (message.kind === 'request' ? requestProblem(message) : statusProblem(message.status)) ??
    fieldProblem(message)
  );
}

function statusProblem(status: number): SipProblem | undefined {
  return status >= 100 && status <= 699 ? undefined : bad(`no status is ${status}`);
}

function structureProblem(message: SipMessage): SipProblem | undefined {
  for (const name of ['to', 'from', 'call-id', 'cseq', 'via'])
    if (headerOf(message, name) === undefined) return bad(`${name} is missing`);
  for (const name of singleHeaders) {
    const count = message.headers.filter((each) => headerName(each.name) === name).length;
    if (count > 1) return bad(`${name} stands ${count} times`);
  }
  return undefined;
}

function requestProblem(request: SipRequest): SipProblem | undefined {
  const { uri, method } = request;
  if (/\s/.test(uri) || uri === '') return bad('the start line has more blanks than two');
  if (uri.startsWith('<')) return bad('the request URI stands in angle brackets');
  const scheme = /^([A-Za-z][A-Za-z0-9+\-.]*):/.exec(uri)?.[1]?.toLowerCase();
  if (scheme === undefined) return bad('the request URI has no scheme');
  const { method: sequenceMethod } = parseCSeq(headerOf(request, 'cseq') ?? '');
  if (sequenceMethod !== method)
    return bad(`CSeq is of ${sequenceMethod}, the request is ${method}`);
  const left = headerOf(request, 'max-forwards');
  if (left !== undefined && (!/^\d{1,9}$/.test(left) || Number(left) > 255))
    return bad(`Max-Forwards is ${JSON.stringify(left)}`);
  if (scheme !== 'sip' && scheme !== 'sips')
    return { status: 416, reason: 'Unsupported URI Scheme', text: `scheme is ${scheme}` };
  parseSipUri(uri);
  return undefined;
}

function fieldProblem(message: SipMessage): SipProblem | undefined {
  for (const via of headersOf(message, 'via')) parseVia(via);
  for (const name of ['from', 'to']) {
    const { uri } = parseNameAddr(name, headerOf(message, name) ?? '');
    if (/^sips?:/i.test(uri)) parseSipUri(uri);
  }
  for (const name of ['contact', 'route', 'record-route'])
    for (const value of headersOf(message, name)) if (value !== '*') parseNameAddr(name, value);
  for (const name of ['authorization', 'proxy-authorization'])
    for (const value of headersOf(message, name)) parseAuthentication(name, value);
  parseCSeq(headerOf(message, 'cseq') ?? '');
  if ((headerOf(message, 'call-id') ?? '') === '') return bad('Call-ID is empty');
  return numberProblem(message) ?? contentProblem(message);
}

function numberProblem(message: SipMessage): SipProblem | undefined {
  for (const name of ['content-length', 'expires', 'min-expires']) {
    const value = headerOf(message, name);
    if (value !== undefined && !/^\d{1,10}$/.test(value))
      return bad(`${name} is ${JSON.stringify(value)}`);
  }
  return undefined;
}

function contentProblem(message: SipMessage): SipProblem | undefined {
  const type = headerOf(message, 'content-type');
  if (type === undefined) return message.body.length === 0 ? undefined : bad('a body without type');
  const [main = '', sub = ''] = (type.split(';')[0] ?? '').split('/').map((part) => part.trim());
  return isToken(main) && isToken(sub) ? undefined : bad(`Content-Type is ${JSON.stringify(type)}`);
}

function bad(text: string): SipProblem {
  return { status: 400, reason: 'Bad Request', text };
}
