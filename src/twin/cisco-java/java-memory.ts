import { CodecError } from '../../wire/codec-error.ts';
import type { Memory } from '../memory.ts';
import { hardwareOf, javaLoad, releaseOf } from './load-name.ts';
import type { JavaModel } from './models.ts';

/** Whose signature the phone asks for on its configuration. */
export type KeptTrust = {
  /** Of the list's own signer, as its header names it. */
  readonly signer: string;
  /** Certificate of the TFTP server that signs configuration files, DER in base64. */
  readonly tftpCertificate?: string;
};

export type InstalledLoad = {
  readonly name: string;
  /** Files that it is made of, as its loads file writes them. */
  readonly components: readonly string[];
};

/** What a Java phone keeps without power. */
export type JavaMemory = {
  /** None after a reset to factory, or where its installation was cut off. */
  readonly load?: InstalledLoad;
  /** Release of the boot code, e.g. `8-3-3`: which keys it knows when there is no load. */
  readonly bootCode: string;
  /** From configuration files, by name. */
  readonly settings: Readonly<Record<string, string>>;
  /** Set at the phone itself. */
  readonly network: { readonly tftp?: string };
  /** By kind of trust list. */
  readonly trust: { readonly ctl?: KeptTrust; readonly itl?: KeptTrust };
  /** Version by network locale. */
  readonly locales: Readonly<Record<string, string>>;
};

export type JavaFlash = Memory<JavaMemory>;

const empty = { settings: {}, network: {}, trust: {}, locales: {} } as const;

/**
 * A phone with this load, as if just unpacked. `term61.default` makes one that was reset to factory.
 * The boot code came with the load unless its release is given. Throws a CodecError for names of no
 * load of this model.
 */
export function memoryWithLoad(model: JavaModel, name: string, bootCode?: string): JavaMemory {
  if (bootCode !== undefined && releaseOf(bootCode) === undefined)
    throw unfit('release of boot code', 'a release as 8-3-3 or 8-5-2SR1', bootCode);
  if (name === `term${model.terminal}.default`) return factoryFresh(bootCode);
  const load = javaLoad(name);
  if (load?.hardware !== model.hardware)
    throw unfit('load name', `a load of the ${model.name}, as SIP${model.hardware}.8-5-2S`, name);
  const version = name.slice(name.indexOf('.') + 1);
  return { load: { name, components: [] }, bootCode: bootCode ?? version, ...empty };
}

/** Newer than every load that phones were sold with. */
const latestBootCode = '9-4-2';

/** A phone whose flash was formatted. */
export function factoryFresh(bootCode: string = latestBootCode): JavaMemory {
  return { bootCode, ...empty };
}

/** Its boot code comes with it: our assumption. */
export function withLoad(memory: JavaMemory, load: InstalledLoad): JavaMemory {
  const release = load.name.slice(load.name.indexOf('.') + 1);
  const bootCode = releaseOf(release) === undefined ? memory.bootCode : release;
  return { ...memory, load, bootCode };
}

/** Whether a component is for this hardware; names without number are for all. */
export function fitsHardware(component: string, { hardware }: JavaModel): boolean {
  return (hardwareOf(component) ?? hardware) === hardware;
}

function unfit(field: string, claimed: string, actual: string): CodecError {
  return new CodecError({ field, offset: 0, claimed, actual });
}
