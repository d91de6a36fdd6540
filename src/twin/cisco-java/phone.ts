import { knownServer } from '../known-server.ts';
import type { Network } from '../network.ts';
import { type CommonParts, phoneInBoot, type PhoneInBoot } from '../phone-in-boot.ts';
import type { StageName } from '../report.ts';
import type { Server } from '../tftp-client.ts';
import type { WebClient } from '../web-client.ts';
import { isBefore, javaLoad, type Release, releaseOf } from './load-name.ts';
import { setClock, type TimeServer, type TimeSettings } from '../time-client.ts';
import type { JavaMemory } from './java-memory.ts';
import type { JavaModel } from './models.ts';
import type { SigningKeys } from './signing-keys.ts';
import { type Stage, stageOf } from './stage.ts';
import { httpPort } from './timing.ts';

export type JavaPhoneParts = CommonParts<JavaMemory> & {
  readonly model: JavaModel;
  /** What DHCP would name as TFTP server; undefined when it names none. */
  readonly tftp: Server | undefined;
  /**
   * The server that it asks by HTTP first: `model` leaves it to model and load, port 6970 of the
   * TFTP server; `never` is TFTP alone.
   */
  readonly http: Server | 'model' | 'never';
  readonly network: Network;
  readonly web: WebClient;
  /** From 0 up to 1, as Math.random. */
  readonly random: () => number;
  readonly keys: SigningKeys;
  /** Whether a load of 9.x asks for XMLDefault.cnf.xml. Reports differ. */
  readonly asksForDefault: boolean;
  readonly time: TimeServer;
};

/** A phone during one boot. */
export type JavaPhone = PhoneInBoot<JavaMemory> & {
  readonly model: JavaModel;
  readonly keys: SigningKeys;
  /** Of what runs: the load's, or the boot code's where there is none. */
  readonly release: Release;
  readonly asksForDefault: boolean;
  enter(name: StageName): Stage;
  /** Asks for the time where the settings say so. */
  setClock(settings: TimeSettings): Promise<void>;
};

/** usecallmanager.nz, "SEPMAC.cnf.xml": listens to broadcasts; in any case, as others write it. */
const listeningModes = ['directedbroadcast', 'directed broadcast'];

export function startPhone(parts: JavaPhoneParts, boot: number): JavaPhone {
  const { load } = parts.memory.read();
  const phone = phoneInBoot(parts, boot, load === undefined ? 'boot code' : 'application');
  const release = releaseRunning(parts.memory.read());
  return {
    ...phone,
    model: parts.model,
    keys: parts.keys,
    release,
    asksForDefault: parts.asksForDefault || isBefore(release, firstWithIdentity),
    setClock: (settings) => setClock({ ...parts, tell: phone.tell }, settings, listeningModes),
    enter(name) {
      phone.turnTo(name);
      const tftp = () => knownServer(parts);
      const http = httpServer(parts, tftp(), name, release);
      return stageOf({ ...parts, tftp, http }, phone.tell);
    },
  };
}

/** Asks for an identity list. Logs of 7962 and 7975 phones with 9.x have it, of 8.x have not. */
export const firstWithIdentity: Release = [9, 0, 0, 0];

const oldest: Release = [0, 0, 0, 0];

function releaseRunning({ load, bootCode }: JavaMemory): Release {
  return javaLoad(load?.name ?? '')?.release ?? releaseOf(bootCode) ?? oldest;
}

/** Boot code knows TFTP alone: our assumption. */
function httpServer(
  { http, model }: JavaPhoneParts,
  tftp: Server | undefined,
  stage: StageName,
  release: Release,
): Server | undefined {
  if (http === 'never' || stage === 'boot code') return undefined;
  if (http !== 'model') return http;
  const from = model.httpFrom === undefined ? undefined : releaseOf(model.httpFrom);
  if (tftp === undefined || from === undefined || isBefore(release, from)) return undefined;
  return { address: tftp.address, port: httpPort };
}
