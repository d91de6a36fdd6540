/** How a NOTIFY ended. */
export type NotifyEnd =
  | { readonly kind: 'answered'; readonly status: number; readonly reason: string }
  | { readonly kind: 'failed'; readonly because: 'timeout' | 'transport' };

export type NotifyVerdict = {
  readonly outcome: 'taken' | 'refused' | 'busy' | 'silent';
  /** For people. */
  readonly text: string;
};

const meanings: Readonly<Record<number, string>> = {
  400: 'the phone does not understand it; with service-control: the registration that it names is not its own',
  403: 'whoever is asked lets nobody send this to the phone',
  404: 'nobody there knows the line: is the phone registered?',
  405: 'the phone takes no NOTIFY',
  408: 'the proxy could not reach the phone',
  480: 'the phone is not registered at the proxy',
  481: 'the phone knows no registration or subscription that this belongs to: it restarted since, or takes requests of its own proxy alone',
  489: 'the phone does not know this event',
};

/** What an answer means. `does` is what the phone does with the request. */
export function notifyVerdict(end: NotifyEnd, does: string): NotifyVerdict {
  if (end.kind === 'failed')
    return {
      outcome: 'silent',
      text:
        end.because === 'timeout'
          ? 'no answer: it is switched off, elsewhere, or takes requests of its proxy alone'
          : 'it could not be sent there',
    };
  const { status, reason } = end;
  const words = `${status} ${reason}`;
  if (status < 300) return { outcome: 'taken', text: `${words}: ${does}` };
  if (status === 486 || status === 600)
    return { outcome: 'busy', text: `${words}: it is in a call; ask again later` };
  if (status === 401 || status === 407)
    return {
      outcome: 'refused',
      text: `${words}: it wants a user and password (--user, --password), or others`,
    };
  return { outcome: 'refused', text: `${words}: ${meanings[status] ?? 'it does not take it'}` };
}
