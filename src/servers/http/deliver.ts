import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';

export type Delivery = {
  readonly outcome: 'delivered' | 'aborted' | 'timed-out';
  /** Of the body, that the system has taken for the client. */
  readonly bytes: number;
};

const sliceBytes = 64 * 1024;

/** Sends an answer. Each slice of it must be taken in `stallMs`, or the connection is ended. */
export function deliver(
  response: ServerResponse,
  { status, headers, body }: Answer,
  stallMs: number,
): Promise<Delivery> {
  const { promise, resolve } = Promise.withResolvers<Delivery>();
  const { socket } = response;
  let bytes = 0;
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    socket?.destroy();
  }, stallMs);

  function next(): void {
    timer.refresh();
    const slice = body.subarray(bytes, bytes + sliceBytes);
    if (slice.length === 0) return void response.end();
    response.write(slice, (error) => {
      if (error) return;
      bytes += slice.length;
      next();
    });
  }

  response.once('close', () => {
    clearTimeout(timer);
    const cutShort = isLate ? 'timed-out' : 'aborted';
    resolve({ outcome: response.writableFinished ? 'delivered' : cutShort, bytes });
  });
  // What cannot be written is told by the end of the connection.
  response.on('error', () => undefined);
  response.writeHead(status, headers);
  next();
  return promise;
}
