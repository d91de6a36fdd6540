import type { ProvisionEvent } from '../../core/asking.ts';
import type { Clock } from '../../core/clock.ts';
import type { Provisioner } from '../../core/provision.ts';
import {
  keyNotPressed,
  notOffered,
  offeredCodes,
} from '../../families/nortel-2004/ipcm/phone-findings.ts';
import {
  softwareFor,
  type SoftwareDecision,
} from '../../families/nortel-2004/ipcm/offered-software.ts';
import { stepByUftp } from '../../families/nortel-2004/ipcm/plan-step.ts';
import type {
  PointerWay,
  UpgradePointers,
} from '../../families/nortel-2004/ipcm/upgrade-pointers.ts';
import { uftpBrokeOff } from '../../families/nortel-2004/phone-findings.ts';
import { sortOfImage } from '../../families/nortel-2004/image-name.ts';
import { imageFiles } from '../../families/nortel-2004/upgrade-step.ts';
import type { Phone } from '../../model/phone.ts';
import type { SoftwareOffer, UnistimHandler, UnistimPhone } from '../../servers/unistim/handler.ts';
import type { Mac } from '../../wire/mac.ts';
import type { OpenWorkspace } from '../workspace.ts';
import { provisioningNow } from './provisioning-now.ts';
import { pointersOf } from './upgrade-file.ts';

export type PhoneSessionsParts = {
  readonly workspace: OpenWorkspace;
  readonly clock: Clock;
  readonly provisioner: Provisioner;
  readonly offer: 'on-request' | 'at-registration';
  readonly pointerWay: PointerWay;
  readonly onEvent: (event: ProvisionEvent) => void;
};

/** Times that software is offered by itself to a phone that comes back without it. */
const mostOffers = 3;
const title = 'Hookflash';

type Refused = Extract<SoftwareDecision, { kind: 'refused' }>;
type Offered = {
  readonly image: string;
  readonly times: number;
  /** It was heard at the port for files. */
  readonly isAskedFor: boolean;
};

/** What the server of UNIStim asks, answered by the phone's plan and by what is provisioned. */
export class PhoneSessions implements UnistimHandler {
  readonly #parts: PhoneSessionsParts;
  /** Sessions of each phone by address: one that several phones share is tied to none of them. */
  readonly #at = new Map<string, Map<Mac, number>>();
  readonly #offered = new Map<Mac, Offered>();

  constructor(parts: PhoneSessionsParts) {
    this.#parts = parts;
  }

  async registered(phone: UnistimPhone): ReturnType<UnistimHandler['registered']> {
    const { clock, provisioner, offer } = this.#parts;
    const { mac, firmware } = phone;
    const from = { address: phone.address, isShared: this.#joins(phone) };
    await provisioner.reported(mac, { at: clock.now(), firmware }, from);
    await this.#cameWithout(phone);
    const { decision, step } = await this.#decide(phone);
    const goesOn = sortOfImage(firmware) === 'transitional';
    const isAtOnce = goesOn || (offer === 'at-registration' && step !== undefined);
    if (decision.kind === 'refused') {
      if (step !== undefined || goesOn) await this.#notOffered(mac, decision);
      return { title };
    }
    if (!isAtOnce) {
      if (step !== undefined) await this.#waitsForKey(mac, decision.image);
      return { title };
    }
    const often = this.#tooOften(mac, decision.image);
    if (often) {
      await this.#notOffered(mac, often);
      return { title };
    }
    return { title, offer: await this.#offer(mac, decision) };
  }

  async firmwareRequested(phone: UnistimPhone): ReturnType<UnistimHandler['firmwareRequested']> {
    const { decision, step } = await this.#decide(phone);
    if (decision.kind === 'offer') return this.#offer(phone.mac, decision);
    if (step !== undefined || decision.code !== 'nothing-to-do')
      await this.#notOffered(phone.mac, decision);
    return { refused: decision.because };
  }

  async pointers(
    { mac }: UnistimPhone,
    { image }: SoftwareOffer,
  ): ReturnType<UnistimHandler['pointers']> {
    if (sortOfImage(image) !== 'sip') return [];
    const found = await this.#pointers(await this.#parts.workspace.store.phoneGet(mac));
    return 'pointers' in found ? found.pointers : [];
  }

  event({ mac, address }: UnistimPhone, event: Parameters<UnistimHandler['event']>[1]): void {
    const { clock, provisioner } = this.#parts;
    const happening = { kind: 'unistim', ...event } as const;
    provisioner.event(mac, { at: clock.now(), protocol: 'unistim', address, happening });
  }

  closed(phone: UnistimPhone, why: string): void {
    this.#leaves(phone);
    this.event(phone, { from: 'server', text: `session over: ${why}` });
    const { onEvent } = this.#parts;
    this.#lockedOut(phone).catch((error: unknown) => onEvent({ kind: 'problem', error }));
  }

  /** Whether a file may still leave by UFTP, however it was asked for. */
  async mayLeave(mac: Mac | undefined, path: string): Promise<boolean> {
    const { locked, sipUpgrade } = await provisioningNow(this.#parts.workspace.store);
    if (locked || mac === undefined) return false;
    const offered = this.#offered.get(mac);
    if (offered) this.#offered.set(mac, { ...offered, isAskedFor: true });
    const sort = sortOfImage(path.replace(/\.[^.]*$/, ''));
    return sort === 'unistim' || sipUpgrade;
  }

  async #decide({ mac, firmware, itType }: UnistimPhone) {
    const { store, firmware: inLibrary } = this.#parts.workspace;
    const provisioning = await provisioningNow(store);
    const phone = await store.phoneGet(mac);
    const step = phone && stepByUftp(phone, await store.progressGet(mac));
    const ask = { provisioning, firmware, itType, model: phone?.model };
    const decision = softwareFor({ ...ask, wanted: phone?.image, step });
    if (decision.kind === 'refused') return { decision, step };
    const { image } = decision;
    const [path = image] = imageFiles(image);
    if ((await inLibrary(path)) === undefined)
      return { decision: lacks('software-missing', `the library lacks ${path}`), step };
    if (sortOfImage(image) === 'unistim') return { decision, step };
    const pointers = await this.#pointers(phone);
    if ('problems' in pointers)
      return { decision: lacks('pointers-wrong', pointers.problems.join('; ')), step };
    return { decision, step };
  }

  #pointers(phone: Phone | undefined): Promise<UpgradePointers> {
    const { workspace, pointerWay } = this.#parts;
    return pointersOf(workspace, pointerWay, phone);
  }

  async #offer(mac: Mac, decision: Extract<SoftwareDecision, { kind: 'offer' }>) {
    const { image, because } = decision;
    const { image: before, times = 0 } = this.#offered.get(mac) ?? {};
    const count = before === image ? times + 1 : 1;
    this.#offered.set(mac, { image, times: count, isAskedFor: false });
    await this.#tell(mac, [
      { kind: 'mended', codes: offeredCodes, because: `${image} is offered` },
    ]);
    const [path = image] = imageFiles(image);
    return { image, path, identifier: image, because };
  }

  /** It was told to fetch software, was not heard at the port for files, and is back. */
  async #cameWithout({ mac, firmware }: UnistimPhone): Promise<void> {
    const { image, isAskedFor = true } = this.#offered.get(mac) ?? {};
    if (image === undefined || isAskedFor) return;
    const because = `it came back with ${firmware} and has not asked for it`;
    await this.#tell(mac, [{ kind: 'finding', finding: uftpBrokeOff(image, because), because }]);
  }

  #tooOften(mac: Mac, image: string): Refused | undefined {
    const { image: before, times = 0 } = this.#offered.get(mac) ?? {};
    if (before !== image || times < mostOffers) return undefined;
    const because = `${image} was offered ${times} times, and it came back without it`;
    return { kind: 'refused', code: 'software-tried-often', because };
  }

  async #notOffered(mac: Mac, { code, because }: Refused): Promise<void> {
    const finding = notOffered(code, because);
    if (finding) await this.#tell(mac, [{ kind: 'finding', finding, because }]);
  }

  async #waitsForKey(mac: Mac, image: string): Promise<void> {
    const finding = keyNotPressed(image);
    await this.#tell(mac, [{ kind: 'finding', finding, because: `${image} is ready for it` }]);
  }

  /** Of a phone that was sent away in the middle of its plan. */
  async #lockedOut({ mac }: UnistimPhone): Promise<void> {
    const { store } = this.#parts.workspace;
    const phone = await store.phoneGet(mac);
    if (!phone || stepByUftp(phone, await store.progressGet(mac)) === undefined) return;
    const { locked } = await provisioningNow(store);
    if (locked) await this.#notOffered(mac, lacks('ipcm-locked', 'the IPCM service is locked'));
  }

  #tell(mac: Mac, facts: Parameters<Provisioner['told']>[1]): Promise<void> {
    return this.#parts.provisioner.told(mac, facts);
  }

  /** Whether other phones are in a session from its address. */
  #joins({ mac, address }: UnistimPhone): boolean {
    const here = this.#at.get(address) ?? new Map<Mac, number>();
    here.set(mac, (here.get(mac) ?? 0) + 1);
    this.#at.set(address, here);
    return here.size > 1;
  }

  /** A phone that comes anew is here before its old session is over. */
  #leaves({ mac, address }: UnistimPhone): void {
    const here = this.#at.get(address);
    const left = (here?.get(mac) ?? 0) - 1;
    if (left > 0) here?.set(mac, left);
    else here?.delete(mac);
    if (here?.size === 0) this.#at.delete(address);
  }
}

function lacks(code: string, because: string): Refused {
  return { kind: 'refused', code, because };
}
