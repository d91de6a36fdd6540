import { X509Certificate } from 'node:crypto';
import { decodeSignedFile, verifySignedFile } from '../../codec/image/signed-header.ts';
import { certificateOf, decodeTrustList, signerOf } from '../../codec/image/trust-list.ts';
import { CodecError } from '../../wire/codec-error.ts';
import { ifReadable } from '../../wire/if-readable.ts';
import type { Checked } from './firmware-check.ts';
import type { KeptTrust } from './java-memory.ts';
import { isBefore } from './load-name.ts';
import { firstWithIdentity, type JavaPhone } from './phone.ts';
import type { Stage } from './stage.ts';
import { durations } from './timing.ts';

/**
 * The trust lists, in the order of a 7962 with SIP 9.4(2) (tcpdump) and of 8.x phones. That the
 * common list is asked for only where the phone has none of its own is our assumption: in all logs
 * both are missing.
 */
export async function readTrustLists(phone: JavaPhone, stage: Stage): Promise<void> {
  await readList(phone, stage, 'ctl', `CTLSEP${phone.mac}.tlv`);
  if (isBefore(phone.release, firstWithIdentity)) return;
  const own = await readList(phone, stage, 'itl', `ITLSEP${phone.mac}.tlv`);
  if (!own) await readList(phone, stage, 'itl', 'ITLFile.tlv');
}

/** Whether there is such a file. */
async function readList(
  phone: JavaPhone,
  stage: Stage,
  kind: 'ctl' | 'itl',
  path: string,
): Promise<boolean> {
  const result = await stage.read(path);
  await phone.sleep(durations.betweenConfigurationFiles);
  if (result.kind !== 'file') return false;
  const { trust } = phone.flash();
  const list = trustIn(result.bytes);
  // Empty files are served in the field, and do no harm.
  if (list === undefined) return true;
  // The first list is believed; later ones must be by the same signer.
  if (trust[kind] !== undefined && trust[kind].signer !== list.signer)
    phone.show('Trust List Update Failed');
  else phone.keep({ ...phone.flash(), trust: { ...trust, [kind]: list } });
  return true;
}

/** Undefined for what is no list, or not signed by the signer that it names. */
function trustIn(bytes: Uint8Array): KeptTrust | undefined {
  return ifReadable(() => {
    const list = decodeTrustList(bytes);
    const signer = signerOf(list);
    if (signer === undefined || !verifySignedFile(list, certificateOf(signer).publicKey))
      return undefined;
    const tftp = list.records.find(({ role }) => role === 'TFTP' || role === 'CCM+TFTP');
    const { certificate } = tftp ?? {};
    return {
      signer: `${signer.issuer} ${Buffer.from(signer.serial).toString('hex')}`,
      ...(certificate && { tftpCertificate: Buffer.from(certificate).toString('base64') }),
    };
  });
}

/** The certificate whose signature the configuration must have; undefined where it needs none. */
export function configurationSigner({ flash }: JavaPhone): string | undefined {
  const { ctl, itl } = flash().trust;
  return itl?.tftpCertificate ?? ctl?.tftpCertificate;
}

/** What a `.sgn` file holds. usecallmanager.nz, "Device Security". */
export function checkConfiguration(bytes: Uint8Array, certificate: string): Checked<Uint8Array> {
  try {
    const file = decodeSignedFile(bytes);
    const { publicKey } = new X509Certificate(Buffer.from(certificate, 'base64'));
    if (verifySignedFile(file, publicKey)) return { ok: true, value: file.body };
    return { ok: false, because: 'its signature is not that of the trusted TFTP server' };
  } catch (error) {
    if (error instanceof CodecError) return { ok: false, because: error.message };
    throw error;
  }
}
