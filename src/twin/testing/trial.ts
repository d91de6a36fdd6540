import { seededRandom } from '../seeded-random.ts';
import { encodeLoads, type LoadsInput } from '../../codec/config/loads.ts';
import { encodeImageBody, type ImageKind } from '../../codec/image/cisco-7900-image.ts';
import { labSignatureLength, signLab } from '../../codec/image/lab-key.ts';
import { encodeSignedFile } from '../../codec/image/signed-header.ts';
import { parseMac } from '../../wire/mac.ts';
import type { TwinEvent, TwinResult } from '../report.ts';
import {
  fileServer,
  simulatedNetwork,
  type SimulatedRequest,
  type SimulatedServer,
  type SimulatedTimeServer,
} from '../simulated-network.ts';
import { virtualClock } from '../virtual-clock.ts';
import { bootTwin, type BootTwinOptions } from '../cisco-7900/boot-twin.ts';
import { type FlashMemory, flashWith, memoryWith } from '../cisco-7900/flash.ts';

/** Parts for tests: small firmware with the lab key's signature, and a twin in virtual time. */

export const testMac = parseMac('00:1B:2C:3D:4E:5F');
export const testServer = { address: '10.0.0.2', port: 69 };

export type Files = Readonly<Record<string, Uint8Array | string>>;
export type ImageInput = {
  readonly name: string;
  readonly internalVersion?: string;
  readonly kind?: ImageKind;
};

/** A `.bin` file. */
export function plainImage({ name, internalVersion, kind = 'application' }: ImageInput) {
  const fallback = kind === 'loader' ? 'PAS3TEST' : 'PATESTAP';
  return encodeImageBody({
    name,
    internalVersion: internalVersion ?? fallback,
    kind,
    size: 1500,
    fill: (bytes) => bytes.fill(0x5a),
  });
}

export function signedFile(fileName: string, body: Uint8Array, sign = signLab): Uint8Array {
  return encodeSignedFile({
    fileName,
    body,
    signerName: 'CN=lab;OU=test;O=Hookflash',
    signerSerial: Buffer.from('1234567890abcdef', 'hex'),
    issuer: 'CN=lab;OU=test;O=Hookflash',
    hash: 'sha1',
    sign,
    signatureLength: labSignatureLength,
  });
}

/** A `.sbn` or `.sb2` file. */
export function signedImage(extension: string, image: ImageInput): Uint8Array {
  return signedFile(`${image.name}.${extension}`, plainImage(image));
}

export function loadsFile(image: string, loads: LoadsInput): Uint8Array {
  return signedFile(`${image}.loads`, Buffer.from(encodeLoads(loads)));
}

/** All files of an image with a loader, by path. */
export function load(application: string, loader: string, laVersion: string): Files {
  const image = { name: loader, internalVersion: laVersion, kind: 'loader' } as const;
  return {
    [`${application}.loads`]: loadsFile(application, { loader, application, laVersion }),
    [`${application}.sb2`]: signedImage('sb2', { name: application }),
    [`${loader}.sbn`]: signedImage('sbn', image),
    [`${loader}.bin`]: plainImage(image),
  };
}

export function trial(image: string, server: SimulatedServer | Files, more: TrialOptions = {}) {
  return trialWith(memoryWith(flashWith(image)), server, more);
}

export type TrialOptions = Partial<BootTwinOptions> & {
  readonly loss?: number;
  readonly latencyMs?: number;
  readonly seed?: number;
  /** Silent when left out. */
  readonly timeServer?: SimulatedTimeServer;
};

export type Trial = {
  readonly result: TwinResult;
  readonly events: readonly TwinEvent[];
  /** What the server saw: every RRQ, repeated ones too. */
  readonly seen: readonly SimulatedRequest[];
  readonly memory: FlashMemory;
};

/** Boots a 7960 in virtual time that begins at 0. */
export async function trialWith(
  memory: FlashMemory,
  server: SimulatedServer | Files,
  { loss = 0, latencyMs = 2, seed = 1, timeServer, ...more }: TrialOptions = {},
): Promise<Trial> {
  const clock = virtualClock();
  const events: TwinEvent[] = [];
  const seen: SimulatedRequest[] = [];
  const serve = typeof server === 'function' ? server : fileServer(server);
  const network = simulatedNetwork({
    clock,
    latencyMs,
    loss,
    random: seededRandom(seed + 1),
    ...(timeServer && { timeServer }),
    server(request) {
      seen.push(request);
      return serve(request);
    },
  });
  const result = await bootTwin({
    mac: testMac,
    model: '7960',
    flash: memory,
    tftp: testServer,
    network,
    clock,
    random: seededRandom(seed),
    onEvent: (event) => events.push(event),
    until: 'idle',
    ...more,
  });
  return { result, events, seen, memory };
}

/** `SIPDefault.cnf sent`, …: every answer of one boot, or of all. */
export function answers(events: readonly TwinEvent[], boot?: number): readonly string[] {
  return events.flatMap((event) =>
    event.kind === 'answer' && (boot === undefined || event.boot === boot)
      ? [`${event.path} ${event.outcome}`]
      : [],
  );
}

export function displays(events: readonly TwinEvent[]): readonly string[] {
  return events.flatMap((event) => (event.kind === 'display' ? [event.text] : []));
}

/** For the 7960. */
export function xmlDefault(image: string, processNodeName = ''): string {
  const callManager = `<callManager><processNodeName>${processNodeName}</processNodeName></callManager>`;
  const load7 = `<loadInformation7 model="IP Phone 7960">${image}</loadInformation7>`;
  return `<Default><callManagerGroup>${callManager}</callManagerGroup>${load7}</Default>`;
}

/** Every request and its seconds from the first one. */
export function secondsOf(events: readonly TwinEvent[]): readonly (readonly [string, number])[] {
  const requests = events.filter((event) => event.kind === 'request');
  const start = requests[0]?.at ?? 0;
  return requests.map(({ path, at }) => [path, Math.round((at - start) / 1000)]);
}
