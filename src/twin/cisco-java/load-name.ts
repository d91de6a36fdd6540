/** Major, minor, maintenance and service release: 8.5(2)SR1 is 8, 5, 2, 1. */
export type Release = readonly [number, number, number, number];

/** What a Java phone makes of a load's name. */
export type JavaLoad = {
  readonly name: string;
  readonly protocol: 'SIP' | 'SCCP';
  readonly hardware: string;
  readonly release: Release;
};

const loadForm = /^(SIP|SCCP|TERM)(\d\d)\.(\d+-\d+-\d+.*)$/;
const releaseForm = /^(\d+)-(\d+)-(\d+)(?:(?:SR|ES|TH)(\d+))?/;
const programForm = /^jar(\d\d)(sip|sccp)\.(.+)\.sbn$/i;

/** `SIP41.8-5-2S`, `SCCP70.9-4-2SR3-1S`, before them `TERM41.7-0-3-0S`. */
export function javaLoad(name: string): JavaLoad | undefined {
  const [, prefix, hardware = '', version = ''] = loadForm.exec(name) ?? [];
  const release = releaseOf(version);
  if (release === undefined) return undefined;
  return { name, protocol: prefix === 'SIP' ? 'SIP' : 'SCCP', hardware, release };
}

/** Of `8-5-2`, `8-5-2SR1S`, `9-4-2ES26`. */
export function releaseOf(version: string): Release | undefined {
  const [form, major, minor, maintenance, service] = releaseForm.exec(version) ?? [];
  if (form === undefined) return undefined;
  return [Number(major), Number(minor), Number(maintenance), Number(service ?? 0)];
}

export function isBefore(release: Release, other: Release): boolean {
  const place = release.findIndex((number, index) => number !== other[index]);
  return place >= 0 && (release[place] ?? 0) < (other[place] ?? 0);
}

/**
 * What the load is called that these components make: boot code has no other name for it. A real
 * phone reads its load's name from inside the components.
 */
export function loadOfComponents(files: readonly string[]): string | undefined {
  const program = files.map((file) => programForm.exec(file)).find((match) => match !== null);
  const [, hardware = '', protocol = '', version = ''] = program ?? [];
  return program && `${protocol.toUpperCase()}${hardware}.${version}S`;
}

/** The number in `jar41sip.…`, `cnu41.…`, `Jar11sip.…`; undefined where there is none. */
export function hardwareOf(component: string): string | undefined {
  return /^[a-z]+(\d\d)/i.exec(component)?.[1];
}
