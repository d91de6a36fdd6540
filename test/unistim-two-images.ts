import { encodeNortelImage } from '../src/codec/image/nortel-2004-image.ts';
import type { FileHandler } from '../src/servers/file.ts';
import type { SoftwareOffer, UnistimHandler } from '../src/servers/unistim/handler.ts';
import { seededRandom } from '../src/twin/seeded-random.ts';
import { sha256 } from './ipcm-site.ts';

/** The transitional and the SIP image, and a handler that leads phones from one to the other. */
export type TwoImages = {
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** SHA-256 of both, in the order of the upgrade. */
  readonly digests: readonly string[];
  readonly handler: UnistimHandler;
  readonly fileHandler: FileHandler;
};

export function twoImages(imageBytes: number, seed: number): TwoImages {
  const random = seededRandom(seed);
  const image = (version: string) =>
    encodeNortelImage({
      ...{ version, size: imageBytes },
      fill: (bytes) => {
        for (let at = 0; at < bytes.length; at++) bytes[at] = random() * 256;
      },
    });
  const files = { 'CT12D97.bin': image('CT12D97'), '0692D93.bin': image('0692D93c08') };
  const offers: Readonly<Record<string, SoftwareOffer>> = {
    '0604D98': offerOf('CT12D97', 'CT12D97'),
    CT12D97: offerOf('0692D93', '0692D93c08'),
  };
  return {
    files,
    digests: Object.values(files).map(sha256),
    handler: {
      registered({ firmware }) {
        const next = firmware === 'CT12D97' ? offers[firmware] : undefined;
        return Promise.resolve({ title: 'Hookflash', ...(next && { offer: next }) });
      },
      firmwareRequested: ({ firmware }) =>
        Promise.resolve(offers[firmware] ?? { refused: 'nothing newer' }),
      pointers: (_, { image: sip }) => Promise.resolve(sip === '0692D93' ? [sipServer] : []),
      event: () => undefined,
      closed: () => undefined,
    },
    fileHandler: {
      open({ path }) {
        const bytes: Uint8Array | undefined = (files as Record<string, Uint8Array>)[path];
        return Promise.resolve(
          bytes ? { kind: 'found', bytes, ticket: path } : { kind: 'missing', ticket: path },
        );
      },
      closed: () => undefined,
    },
  };
}

const sipServer = { server: 0, address: '127.0.0.9', port: 5060, action: 7, retry: 3 };

function offerOf(image: string, identifier: string): SoftwareOffer {
  return { image, path: `${image}.bin`, identifier, because: 'the upgrade is switched on' };
}
