export type Protocol = 'SCCP' | 'SIP' | 'MGCP';

/** What a 7940/7960 makes of an image's name. */
export type PhoneImage = {
  readonly name: string;
  /** Protocol of the application; the universal loader `P003-…` has none. */
  readonly protocol: Protocol | undefined;
  readonly major: number;
  readonly minor: number;
};

const protocols: Readonly<Record<string, Protocol>> = { '0': 'SCCP', S: 'SIP', M: 'MGCP' };

const nameForms = [
  /^P0([0SM])3-(\d{1,2})-(\d{1,2})-\d{2}$/,
  /^P0([0SM])3(\d{2})(\d{2})[A-Z0-9]{0,4}$/,
  /^P0(S)3(Z)([A-Z0-9]{0,3})$/,
] as const;

/**
 * Cisco 7960/7940 firmware upgrade matrix, "Firmware Naming Conventions": `P00307010200`,
 * `P0S3-07-4-00`, before them `P0S30202`; `P0S3Zxxx` is a trial image of release 2. Letter case
 * and every character count. Undefined for all other names.
 */
export function phoneImage(name: string): PhoneImage | undefined {
  const form = nameForms.find((pattern) => pattern.test(name));
  const [, letter = '', major = '', minor = ''] = form?.exec(name) ?? [];
  if (form === undefined) return undefined;
  const isLoader = form === nameForms[0] && letter === '0';
  const version = major === 'Z' ? { major: 2, minor: 0 } : { major: +major, minor: +minor };
  return { name, protocol: isLoader ? undefined : protocols[letter], ...version };
}

/** `P003-07-4-00` and its like. Matrix, "Universal Application Loader". */
export function isUniversalLoader(name: string): boolean {
  const image = phoneImage(name);
  return image !== undefined && image.protocol === undefined;
}

/** Such an image runs below a loader. Matrix, note in Table 2. */
export function needsLoader(image: PhoneImage): boolean {
  return image.protocol === undefined || image.major >= (image.protocol === 'SCCP' ? 6 : 7);
}

/** Takes signed images only. Matrix, "Signed and Unsigned Images". */
export function takesSignedOnly(image: PhoneImage): boolean {
  return image.major >= 5;
}

/** What the phone compares with the line in `OS79XX.TXT`. Matrix, "Original Boot Mechanism". */
export function firstFour(name: string): string {
  return name.slice(0, 4);
}

/**
 * Whether a running image can ask for an image of this name: SIP releases up to 2.1 know names of
 * the 8.3 form only. Cisco SIP IP Phone Administrator Guide 4.4, "Upgrading from Release 2.1 or
 * Earlier to Current Release".
 */
export function canAskFor(running: PhoneImage, name: string): boolean {
  const release = running.major * 10 + running.minor;
  return running.protocol !== 'SIP' || release > 21 || /^[A-Z0-9_-]{1,8}$/i.test(name);
}
