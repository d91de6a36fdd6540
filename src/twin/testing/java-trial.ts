import { type LabKeyName, signLab } from '../../codec/image/lab-key.ts';
import { bootJavaTwin, type BootJavaTwinOptions } from '../cisco-java/boot-twin.ts';
import { type JavaFlash, type JavaMemory, memoryWithLoad } from '../cisco-java/java-memory.ts';
import { isBefore, javaLoad } from '../cisco-java/load-name.ts';
import { type JavaModel, javaModel } from '../cisco-java/models.ts';
import { memoryWith } from '../memory.ts';
import type { TwinEvent } from '../report.ts';
import {
  fileServer,
  simulatedNetwork,
  type SimulatedRequest,
  type SimulatedServer,
  type SimulatedTimeServer,
} from '../simulated-network.ts';
import { simulatedWeb, type SimulatedWebServer } from '../simulated-web.ts';
import { virtualClock } from '../virtual-clock.ts';
import { seededRandom } from '../seeded-random.ts';
import { type Files, signedFile, testMac, testServer, type Trial } from './trial.ts';

/** Parts for tests of Java phones: small firmware and a twin in virtual time. */

export type JavaTrial = Omit<Trial, 'memory'> & { readonly memory: JavaFlash };

export type JavaTrialOptions = Partial<BootJavaTwinOptions> & {
  readonly loss?: number;
  readonly seed?: number;
  /** Refuses when left out. */
  readonly webServer?: SimulatedWebServer;
  /** Silent when left out. */
  readonly timeServer?: SimulatedTimeServer;
};

export function modelNamed(name: string): JavaModel {
  const model = javaModel(name);
  if (model === undefined) throw new TypeError(`no model ${name}`);
  return model;
}

/** A file signed by a lab key. */
export function javaSigned(name: string, body: Uint8Array | string, key: LabKeyName): Uint8Array {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'latin1') : body;
  return signedFile(name, bytes, (data) => signLab(data, key));
}

export type LoadInput = {
  /** That which the release has, when left out. */
  readonly key?: LabKeyName;
  /** How the loads files write the components; as they are called when left out. */
  readonly written?: (component: string) => string;
};

/** The components of a load, in their order. */
export function componentsOf(name: string): readonly string[] {
  const { hardware, protocol } = loadNamed(name);
  const version = name.slice(name.indexOf('.') + 1).replace(/S$/, '');
  const own = protocol.toLowerCase();
  return [
    `jar${hardware}${own}`,
    `cnu${hardware}`,
    `apps${hardware}`,
    `dsp${hardware}`,
    `cvm${hardware}${own}`,
  ].map((component) => `${component}.${version}.sbn`);
}

/** All files of a load, with the default loads files of the model's boot code. */
export function javaLoadFiles(name: string, model: string, input: LoadInput = {}): Files {
  const { written = (component: string) => component } = input;
  const key = input.key ?? (isBefore(loadNamed(name).release, [8, 5, 2, 1]) ? 'old' : 'new');
  const components = componentsOf(name);
  const text = ['#', `# load ${name}`, '#', ...components.map(written), ''].join('\r\n');
  const defaults = `term${modelNamed(model).terminal}.default.loads`;
  const signed = (file: string, body: string | Uint8Array): readonly [string, Uint8Array] => [
    file,
    javaSigned(file, body, key),
  ];
  return Object.fromEntries([
    ...[`${name}.loads`, defaults].map((file) => signed(file, text)),
    ...components.map((file) => signed(file, new Uint8Array(900))),
  ]);
}

function loadNamed(name: string) {
  const load = javaLoad(name);
  if (load === undefined) throw new TypeError(`no load ${name}`);
  return load;
}

/** `SEP<MAC>.cnf.xml` that names a load. */
export function sepFor(load: string, more = ''): Files {
  const device = `<device><deviceProtocol>SIP</deviceProtocol><loadInformation>${load}</loadInformation>${more}</device>`;
  return { [`SEP${testMac}.cnf.xml`]: device };
}

/** A 7961 with a load, or another model's phone. */
export function javaTrial(
  load: string,
  server: SimulatedServer | Files,
  options: JavaTrialOptions = {},
): Promise<JavaTrial> {
  const model = options.model ?? modelNamed('7961');
  return javaTrialWith(memoryWith(memoryWithLoad(model, load)), server, options);
}

/** Boots a phone in virtual time that begins at 0. */
export async function javaTrialWith(
  memory: JavaFlash,
  server: SimulatedServer | Files,
  { loss = 0, seed = 1, webServer, timeServer, ...more }: JavaTrialOptions = {},
): Promise<JavaTrial> {
  const clock = virtualClock();
  const events: TwinEvent[] = [];
  const seen: SimulatedRequest[] = [];
  const serve = typeof server === 'function' ? server : fileServer(server);
  const network = simulatedNetwork({
    ...{ clock, loss, random: seededRandom(seed + 1) },
    ...(timeServer && { timeServer }),
    server(request) {
      seen.push(request);
      return serve(request);
    },
  });
  const result = await bootJavaTwin({
    ...{ mac: testMac, model: modelNamed('7961'), flash: memory, tftp: testServer, network, clock },
    web: simulatedWeb(clock, webServer ?? (() => 'refused')),
    random: seededRandom(seed),
    onEvent: (event) => events.push(event),
    until: 'idle',
    ...more,
  });
  return { result, events, seen, memory };
}

export function memoryOf(model: string, load: string, bootCode?: string): Memory {
  return memoryWith(memoryWithLoad(modelNamed(model), load, bootCode));
}

type Memory = ReturnType<typeof memoryWith<JavaMemory>>;
