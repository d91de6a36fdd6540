import { type LabKeyName, signLab } from '../../codec/image/lab-key.ts';
import { encodeSignedFile } from '../../codec/image/signed-header.ts';
import type { FirmwareFile } from '../../model/firmware.ts';

/** Who signs synthetic firmware, by its header. */
export const labSigner = 'CN=HookflashLab;OU=Synthetic;O=Hookflash';

/** A file in the signed container of Cisco's firmware, signed by a lab key. */
export function signedByLab(name: string, body: Uint8Array, key: LabKeyName = 'new'): FirmwareFile {
  const bytes = encodeSignedFile({
    fileName: name,
    body,
    signerName: labSigner,
    signerSerial: Uint8Array.of(0x12, 0x34, 0x56, 0x78, 0x90, 0xab, 0xcd, 0xef),
    issuer: labSigner,
    hash: 'sha1',
    sign: (data) => signLab(data, key),
    signatureLength: 256,
  });
  return { name, bytes };
}
