import type { Mac } from '../wire/mac.ts';
import { hostPort } from './host-port.ts';
import type { TwinOptions } from './twin-options.ts';

/** Flags that one virtual phone and many at once have alike. */
export type RunFlags = {
  readonly model: string;
  readonly mac: Mac;
  readonly image?: string;
  readonly flash?: string;
  /** False for TFTP alone. */
  readonly http?: string | false;
  /** False for no time. */
  readonly sntp?: string | false;
  readonly timeScale: number;
  readonly answerTime?: number;
};

export const answerTimeHelp =
  'real milliseconds that servers have to answer, however small the time scale (400)';

/** Throws AppError for what is not HOST:PORT. */
export function runOf({ model, mac, timeScale, image, flash, answerTime, ...asked }: RunFlags) {
  const http = serverOf('--http', asked.http);
  const sntp = serverOf('--sntp', asked.sntp);
  return {
    ...{ model, mac, timeScale },
    ...(image !== undefined && { image }),
    ...(flash !== undefined && { flash }),
    ...(http && { http }),
    ...(sntp && { sntp }),
    ...(answerTime !== undefined && { answerTime }),
  } satisfies Partial<TwinOptions>;
}

function serverOf(flag: string, text: string | false | undefined) {
  return text === false ? 'never' : text && hostPort(flag, text);
}
