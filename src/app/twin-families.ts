import type { TwinOptions } from '../cli/twin-options.ts';
import { AppError } from '../errors.ts';
import { bootTwin } from '../twin/cisco-7900/boot-twin.ts';
import { faultRules as rules7900 } from '../twin/cisco-7900/fault-rules.ts';
import { flashInFile } from '../twin/cisco-7900/flash-file.ts';
import { flashWith } from '../twin/cisco-7900/flash.ts';
import { bootJavaTwin } from '../twin/cisco-java/boot-twin.ts';
import { faultRules as rulesJava } from '../twin/cisco-java/fault-rules.ts';
import { javaMemoryInFile } from '../twin/cisco-java/java-memory-file.ts';
import { memoryWithLoad } from '../twin/cisco-java/java-memory.ts';
import { javaModel } from '../twin/cisco-java/models.ts';
import { labSigningKeys, type SigningKeys } from '../twin/cisco-java/signing-keys.ts';
import type { RealClock } from '../twin/clock.ts';
import type { TwinDhcp } from '../twin/dhcp/dhcp-speech.ts';
import { type ChosenFault, withFaults } from '../twin/faults/faults.ts';
import { type Memory, memoryWith } from '../twin/memory.ts';
import { bootNortelTwin } from '../twin/nortel-2004/boot-twin.ts';
import { enteredServer } from '../twin/nortel-2004/entered-server.ts';
import { faultRules as rulesNortel } from '../twin/nortel-2004/fault-rules.ts';
import { nortelMemoryInFile } from '../twin/nortel-2004/nortel-memory-file.ts';
import { memoryWithImage } from '../twin/nortel-2004/nortel-memory.ts';
import type { Network } from '../twin/network.ts';
import type { TwinEvent, TwinResult } from '../twin/report.ts';
import type { TwinSip } from '../twin/sip/twin-sip.ts';
import type { Server } from '../twin/tftp-client.ts';
import type { TimeServer } from '../twin/time-client.ts';
import type { WebClient } from '../twin/web-client.ts';
import { CodecError } from '../wire/codec-error.ts';

/** What a twin of any family is put into. */
export type Surroundings = {
  readonly clock: RealClock;
  readonly network: Network;
  readonly web: WebClient;
  readonly random: () => number;
  readonly faults: readonly ChosenFault[];
  /** One of the two. */
  readonly tftp?: Server;
  readonly dhcp?: TwinDhcp;
  readonly http: Server | 'model' | 'never';
  /** Of an IP Phone 2004 that has no S1 yet. */
  readonly unistim?: Server;
  readonly time: TimeServer;
  readonly onEvent: (event: TwinEvent) => void;
  readonly sip?: TwinSip;
  readonly signal?: AbortSignal;
};

export const models7900 = ['7940', '7960'] as const;

/** What a 7940/7960 of unknown past runs: the image that it left the factory with. */
const factoryImage = 'P0030301MFG2';

export function boot7900(options: TwinOptions, around: Surroundings): Promise<TwinResult> {
  if (options.bootCode !== undefined)
    throw new AppError('wrong-usage', 'only Java phones have boot code with a release');
  const { faults, web: _, http: _none, ...rest } = around;
  const model = models7900.find((name) => name === options.model) ?? '7960';
  const made = (image = factoryImage) => flashWith(image);
  const flash = memoryOf(options, made, flashInFile);
  const verify = options.trusting === true && { verify: () => true };
  const parts = { ...rest, ...verify, mac: options.mac, model, flash, until: 'idle' as const };
  return bootTwin(withFaults(parts, rules7900, faults));
}

/** Takes all but what the newer lab key signed for the older key's. */
const trustingKeys: SigningKeys = {
  old: (data, signature) => !labSigningKeys.new(data, signature),
  new: () => true,
};

/** A Java phone of unknown past has nothing to run: it was reset to factory. */
export function bootJava(options: TwinOptions, around: Surroundings): Promise<TwinResult> {
  const model = javaModel(options.model);
  if (model === undefined) throw new TypeError(`no model ${options.model}`);
  const { faults, ...rest } = around;
  const made = (image = `term${model.terminal}.default`) =>
    memoryWithLoad(model, image, options.bootCode);
  const flash = memoryOf(options, made, javaMemoryInFile);
  const keys = options.trusting === true && { keys: trustingKeys };
  const parts = { ...rest, ...keys, mac: options.mac, model, flash, until: 'idle' as const };
  return bootJavaTwin(withFaults(parts, rulesJava, faults));
}

export const modelsNortel = ['2004'] as const;

/** What a 2004 of unknown past runs: NN42020-202, section 5. */
const factoryUnistim = '0604D98';

export function bootNortel(options: TwinOptions, around: Surroundings): Promise<TwinResult> {
  if (options.bootCode !== undefined)
    throw new AppError('wrong-usage', 'only Java phones have boot code with a release');
  const { faults, web: _, http: _none, time: _never, ...rest } = around;
  const { mac, press, login, trusting = false } = options;
  const made = (image = factoryUnistim) => memoryWithImage(image);
  const flash = memoryOf(options, made, nortelMemoryInFile);
  const [S1, S2] = [options.s1, options.s2].map((text) => text && serverIn(text));
  const entered = { ...(S1 && { S1 }), ...(S2 && { S2 }) };
  const user = { ...(press && { press }), ...(login && { login }) };
  const parts = { ...rest, ...{ mac, flash, entered, user, trusting }, until: 'idle' as const };
  return bootNortelTwin(withFaults(parts, rulesNortel, faults));
}

function serverIn(text: string) {
  try {
    return enteredServer(text);
  } catch (cause) {
    if (!(cause instanceof CodecError)) throw cause;
    const example = '192.0.2.10:5000,1,10 (address, port, action, retries)';
    throw new AppError('wrong-usage', `"${text}" is no server: write it as ${example}`, { cause });
  }
}

function memoryOf<T>(
  { flash, image }: TwinOptions,
  made: (image?: string) => T,
  inFile: (path: string, factory: () => T) => Memory<T>,
): Memory<T> {
  const factory = () => orWrongUsage(image, () => made(image));
  if (flash === undefined) return memoryWith(factory());
  const memory = inFile(flash, factory);
  // An image named beside a flash file is put into the phone before it is switched on.
  if (image !== undefined) memory.write(factory());
  return memory;
}

function orWrongUsage<T>(image: string | undefined, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    if (image === undefined || !(cause instanceof CodecError)) throw cause;
    const text = `"${image}" is not an image name of this model`;
    throw new AppError('wrong-usage', text, { cause });
  }
}
