import { createHash } from 'node:crypto';
import { labKeys } from '../../../codec/image/lab-key.ts';
import { type SignedFile, verifySignedFile } from '../../../codec/image/signed-header.ts';
import type { Finding } from '../../../model/finding.ts';
import type {
  FirmwareFacts,
  FirmwareKind,
  FirmwareSignature,
} from '../../../model/firmware-file.ts';
import { labSigner } from '../synthetic.ts';
import type { Content } from './content.ts';
import { contentFindings } from './findings.ts';

/** What a family says of a file that it takes for its own. */
export function factsOf(name: string, content: Content): FirmwareFacts {
  const { signed, image, loads, body } = content;
  const own = ownName(content);
  const signature = signed && signatureOf(signed);
  return {
    kind: kindOf(content),
    ...(own !== undefined && { ownName: own }),
    ...(signature && { signature }),
    ...(signed?.header.signerName === labSigner && { synthetic: true }),
    ...(image && { internalVersion: image.internalVersion }),
    ...(loads && { lists: loads.files }),
    ...(loads?.laVersion !== undefined && { wantsLoader: loads.laVersion }),
    bodySha256: createHash('sha256').update(body).digest('hex'),
    findings: findingsOf(name, own, content, signature),
  };
}

function findingsOf(
  name: string,
  own: string | undefined,
  content: Content,
  signature: FirmwareSignature | undefined,
): readonly Finding[] {
  return contentFindings(name, own, content, signature?.verdict === 'bad').map((finding) => ({
    ...finding,
    place: { file: name },
  }));
}

function kindOf({ image, loads, isComponent }: Content): FirmwareKind {
  if (image) return image.kind;
  if (loads) return 'list';
  return isComponent ? 'component' : 'other';
}

/** By the signed header, else by the image, which is called `.bin` where it is not signed. */
function ownName({ signed, image }: Content): string | undefined {
  const name = signed ? signed.header.fileName : image && `${image.name}.bin`;
  return name === '' ? undefined : name;
}

/** A signature by the lab can be checked; vendors' keys are in their phones alone. */
function signatureOf(file: SignedFile): FirmwareSignature {
  const { signerName, issuer, signerSerial, hash } = file.header;
  const serial = Buffer.from(signerSerial).toString('hex');
  return { signer: signerName, issuer, serial, hash, verdict: verdictOn(file) };
}

function verdictOn(file: SignedFile): FirmwareSignature['verdict'] {
  if (file.header.signerName !== labSigner) return 'key unknown';
  const keys = Object.values(labKeys);
  return keys.some(({ publicKey }) => verifySignedFile(file, publicKey)) ? 'good' : 'bad';
}
