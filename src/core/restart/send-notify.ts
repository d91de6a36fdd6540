import type { ClientHandler } from '../../codec/sip/client-runner.ts';
import type { Credentials } from '../../codec/sip/digest.ts';
import type { SipPath } from '../../codec/sip/runner.ts';
import type { SipRequest, SipResponse } from '../../codec/sip/sip-message.ts';
import type { RestartWay } from '../../model/family-restart.ts';
import type { NotifyEnd } from './answer-words.ts';
import { credentialsFor, notifyRequest, type NotifyTarget } from './notify-request.ts';

/** Whoever has a SIP socket. */
export type NotifySender = {
  request(sending: {
    readonly path: SipPath;
    readonly local?: string | undefined;
    make(from: { readonly host: string; readonly port: number }): SipRequest;
    readonly handler: ClientHandler;
  }): Promise<void>;
};

export type SendNotifyParts = {
  readonly sender: NotifySender;
  readonly way: Extract<RestartWay, { kind: 'notify' }>;
  readonly target: NotifyTarget;
  readonly credentials?: Credentials | undefined;
  /** A token that no other has. */
  newToken(): string;
};

/** Sends it, once more with credentials where they are asked for. Rejects where nothing can be sent. */
export async function sendNotify(parts: SendNotifyParts): Promise<NotifyEnd> {
  const { sender, way, target, credentials, newToken } = parts;
  const ids = { tag: newToken(), callId: newToken(), sender: credentials?.username ?? 'hookflash' };
  let sent: SipRequest | undefined;

  function send(sequence: number, answer?: ReturnType<typeof credentialsFor>) {
    return new Promise<SipResponse | 'timeout' | 'transport'>((resolve, reject) => {
      sender
        .request({
          path: target.path,
          local: target.local,
          make(from) {
            const branch = newToken();
            sent = notifyRequest({
              ...{ way, target, from, branch, ...ids, sequence, credentials: answer },
            });
            return sent;
          },
          handler: { final: resolve, failed: resolve },
        })
        .catch(reject);
    });
  }

  const first = await send(1);
  if (typeof first === 'string') return { kind: 'failed', because: first };
  const isAsked = first.status === 401 || first.status === 407;
  const answer =
    isAsked && credentials && sent
      ? credentialsFor(first, sent, credentials, newToken())
      : undefined;
  const last = answer ? await send(2, answer) : first;
  if (typeof last === 'string') return { kind: 'failed', because: last };
  return { kind: 'answered', status: last.status, reason: last.reason };
}
