import { parseSip } from '../parse-sip.ts';
import type { SipPath } from '../runner.ts';
import { serializeSip } from '../serialize-sip.ts';
import type { ServerOptions } from '../server-transactions.ts';
import type { SipMessage } from '../sip-message.ts';
import { createSipTransactions, type SipTransactions } from '../sip-transactions.ts';
import { usualTiming } from '../transaction-machine.ts';

type Task = { readonly at: number; readonly run: () => void };

/** Virtual time, and two ends whose datagrams arrive 10 ms later unless lost. */
export function createSipNet() {
  let tasks: readonly Task[] = [];
  let now = 0;
  const log: string[] = [];
  const ends = new Map<string, SipTransactions>();

  function after(ms: number, run: () => void): () => void {
    const task = { at: now + ms, run };
    tasks = [...tasks, task];
    return () => {
      tasks = tasks.filter((each) => each !== task);
    };
  }

  return {
    log,
    after,
    tasks: () => tasks.length,
    /** Each message goes over the wire as bytes. */
    end(name: string, from: SipPath, options: Partial<ServerOptions>, isLost = () => false) {
      let tags = 0;
      const end = createSipTransactions({
        timing: usualTiming,
        after,
        newTag: () => `${name}${tags++}`,
        onRequest: () => undefined,
        ...options,
        send(message, to) {
          log.push(`${now} ${name} ${wordOf(message)}`);
          if (isLost()) return;
          const bytes = serializeSip(message);
          const target = ends.get(`${to.address}:${to.port}`);
          after(10, () => target?.receive(parseSip(bytes), from));
        },
      });
      ends.set(`${from.address}:${from.port}`, end);
      return end;
    },
    run(end = 100_000) {
      for (;;) {
        const [next] = tasks.toSorted((one, other) => one.at - other.at);
        if (!next || next.at > end) break;
        tasks = tasks.filter((each) => each !== next);
        now = next.at;
        next.run();
      }
      now = end;
    },
  };
}

function wordOf(message: SipMessage): string {
  return message.kind === 'request' ? message.method : String(message.status);
}
