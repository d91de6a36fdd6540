import { labSigner } from '../src/families/cisco-shared/synthetic.ts';
import { encodeSignedFile, decodeSignedFile } from '../src/codec/image/signed-header.ts';
import type { FaultySite, Start } from './faulty-site.ts';
import type { Deed } from './operator.ts';
import { packageOf } from './packages.ts';

/** Something that goes wrong during an upgrade. */
export type FaultRow = Start & {
  readonly name: string;
  /** Brings the fault about, before the first boot. */
  fault(site: FaultySite): void | Promise<void>;
  /** Where it ends, if elsewhere than where it should have gone. */
  readonly ends?: string;
};

/** A state that lasts until somebody does something. */
export type LastingFault = FaultRow & {
  /** Power cycles with the fault; three when left out. */
  readonly boots?: number;
  /** Code of the finding that names the state and whose cure is followed. */
  readonly named: string;
  /** What its cure makes a person do; what changes nothing is left out. */
  readonly by: readonly Deed[];
};

/** A state that ends by itself. */
export type PassingFault = FaultRow & {
  /** Times that it is switched on until it is on its image. */
  readonly boots: number;
};

export const sip44 = 'P0S3-04-4-00';
export const sip63 = 'P0S3-06-3-00';
export const sip75 = 'P0S3-07-5-00';
export const sip812 = 'P0S3-8-12-00';
export const sccp3 = 'P00303020600';
export const sccp8 = 'P00308000900';
export const java83 = 'SIP41.8-3-3S';
export const java85 = 'SIP41.8-5-2S';
export const java94 = 'SIP41.9-4-2SR3-1S';

export const up: Start = { from: sip75, to: sip812 };
export const far: Start = { from: sip44, to: sip812 };
export const over: Start = { from: sccp3, to: sip812 };
export const java: Start = { model: '7941', from: java85, to: java94 };

export const text = (content: string): Uint8Array => Buffer.from(content);

/** The file of a package as it should be. */
export function whole(image: string, file: string): Uint8Array {
  const bytes = packageOf(image).get(file);
  if (!bytes) throw new Error(`the package of ${image} has no ${file}`);
  return bytes;
}

/** The file is there and wrong. */
export function spoilt(
  file: string,
  change: (bytes: Uint8Array) => Uint8Array,
): Pick<FaultRow, 'fault'> {
  return { fault: ({ library }) => void library.set(file, change(library.get(file)!)) };
}

export const half = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, bytes.length >> 1);
export const otherByte = (bytes: Uint8Array): Uint8Array => bytes.with(-1, bytes.at(-1)! ^ 1);

/** Signed by somebody whose key neither phones nor the library have. */
export function byStranger(bytes: Uint8Array): Uint8Array {
  const { header, body } = decodeSignedFile(bytes);
  return encodeSignedFile({
    ...{ fileName: header.fileName, body, signerName: 'CN=Somebody', issuer: 'CN=Somebody' },
    ...{ signerSerial: header.signerSerial, hash: 'sha1', signatureLength: 256 },
    sign: () => new Uint8Array(256).fill(labSigner.length),
  });
}
