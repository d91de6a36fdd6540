import { type LabKeyName, verifyLab } from '../../codec/image/lab-key.ts';
import { isBefore, type Release } from './load-name.ts';

/** Whether a signature fits the data that it was made over. */
export type Verify = (data: Uint8Array, signature: Uint8Array) => boolean;

/** The keys of firmware, as these phones hold them. */
export type SigningKeys = Readonly<Record<LabKeyName, Verify>>;

export const labSigningKeys: SigningKeys = {
  old: (data, signature) => verifyLab(data, signature, 'old'),
  new: (data, signature) => verifyLab(data, signature, 'new'),
};

const turningPoint: Release = [8, 5, 2, 0];
const sinceRelease: Release = [8, 3, 3, 0];

/**
 * The keys that a program of this release knows. Loads after 8.5(2) are signed with a new key; 8.5(2)
 * is signed with the old one and is the first to know the new one: blog.crimsonsilo.com, January
 * 2010, and itwurx.net, "Auth fail when upgrading Cisco 7941/7961 firmware". That later programs
 * still know the old key is our assumption.
 */
export function keysKnownBy(release: Release): readonly LabKeyName[] {
  return isBefore(release, turningPoint) ? ['old'] : ['old', 'new'];
}

/**
 * Whether a phone that cannot verify a load starts again and tries for ever, instead of going on.
 * Release notes of 9.2 know of trouble for releases below 8.3(3) alone; that it is this one is our
 * assumption.
 */
export function loopsOnWrongKey(release: Release): boolean {
  return isBefore(release, sinceRelease);
}
