import { itTypeName } from '../../codec/unistim/command-words.ts';
import { drawDisplay, drawLine } from '../../codec/unistim/display.ts';
import type { UnistimCommand } from '../../codec/unistim/unistim-command.ts';
import type { SoftwareOffer, UnistimPhone } from './handler.ts';
import { afterKey, home, type Menu, menuDisplay, progressText } from './menu.ts';
import type { MenuContext } from './session-context.ts';
import { downloadCommand, pointerCommand } from './software-commands.ts';

export type PhoneMenuOptions = {
  readonly phone: UnistimPhone;
  readonly terminalId: number;
  /** The server's address that the phone came to. */
  readonly local: string;
  readonly context: MenuContext;
  /** False for what cannot be written, or has no room. */
  readonly tell: (commands: readonly UnistimCommand[]) => boolean;
  /** Whether the phone is still there. */
  readonly isThere: () => boolean;
};

const progressEveryMs = 1000;
const fault = 'The service has a fault';

/** What a phone that registered shows, and what its keys do: the way to new software. */
export class PhoneMenu {
  readonly #options: PhoneMenuOptions;
  #title = '';
  #menu: Menu = home;
  #progressAt = -Infinity;

  constructor(options: PhoneMenuOptions) {
    this.#options = options;
  }

  get menu(): Menu {
    return this.#menu;
  }

  /** Never rejects. */
  async begin(): Promise<void> {
    const { context, phone, isThere } = this.#options;
    this.#tellRegistration();
    const answer = await this.#ask(() => context.handler.registered(phone));
    if (!isThere()) return;
    this.#title = answer?.title ?? '';
    this.#show(home);
    if (answer?.offer) await this.#offer(answer.offer);
  }

  press(key: number): void {
    const pressed = afterKey(this.#menu, key);
    if (!pressed) return;
    this.#show(pressed.menu);
    if (pressed.asksForFirmware) void this.#askForFirmware();
  }

  /** Bytes of a file that the phone has taken. */
  showProgress(bytes: number, total: number): void {
    const { context, isThere, tell } = this.#options;
    const { assumptions, clock } = context;
    if (this.#menu.screen !== 'download' || !assumptions.staysConnected) return;
    if (!isThere() || clock() - this.#progressAt < progressEveryMs) return;
    const progress = progressText(bytes, total);
    if (progress === this.#menu.progress) return;
    this.#progressAt = clock();
    this.#menu = { ...this.#menu, progress };
    tell([drawLine(1, progress)]);
  }

  /** A file that it fetched has ended. */
  showEnd(isSent: boolean): void {
    if (this.#menu.screen !== 'download' || !this.#options.isThere()) return;
    if (isSent) this.#options.tell([drawLine(1, 'The phone restarts')]);
    else this.#show({ screen: 'refused', because: 'The download broke off' });
  }

  /** In a capture's words, so that stored boots and captures are judged alike. */
  #tellRegistration(): void {
    const { context, phone } = this.#options;
    const said = ['hello', `firmware ${phone.firmware}`, `phone type ${itTypeName(phone.itType)}`];
    for (const text of said) context.handler.event(phone, { from: 'phone', text });
    context.handler.event(phone, { from: 'server', text: 'registered' });
  }

  async #askForFirmware(): Promise<void> {
    const { context, phone, isThere } = this.#options;
    context.handler.event(phone, { from: 'phone', text: 'FirmW pressed' });
    const answer = await this.#ask(() => context.handler.firmwareRequested(phone));
    if (!isThere()) return;
    if (answer && 'path' in answer) return this.#offer(answer);
    this.#refuse(answer?.refused ?? fault);
  }

  async #offer(offer: SoftwareOffer): Promise<void> {
    const { context, phone, isThere } = this.#options;
    const pointers = await this.#ask(() => context.handler.pointers(phone, offer));
    if (!isThere()) return;
    if (context.isLocked()) return this.#refuse('The service is locked');
    if (!pointers) return this.#refuse(fault);
    const { image, because } = offer;
    this.#show({ screen: 'download', image, progress: 'Waiting for the phone' });
    context.handler.event(phone, { from: 'server', text: `offered ${image}: ${because}` });
    if (!this.#order(offer, pointers.map(pointerCommand))) this.#refuse(fault);
  }

  #order(offer: SoftwareOffer, pointers: readonly UnistimCommand[]): boolean {
    const { context, phone, terminalId, local, tell } = this.#options;
    const { assumptions, clock, limits } = context;
    const order = downloadCommand(offer, context.fileServer(local), assumptions);
    if (!tell([...pointers, order])) return false;
    const { mac, address } = phone;
    const expiresAt = clock() + limits.offerMs;
    context.offered({ mac, address, path: offer.path, terminalId, expiresAt });
    return true;
  }

  #refuse(because: string): void {
    const { context, phone } = this.#options;
    context.handler.event(phone, { from: 'server', text: `no firmware: ${because}` });
    this.#show({ screen: 'refused', because });
  }

  #show(menu: Menu): void {
    this.#menu = menu;
    this.#options.tell(drawDisplay(menuDisplay(menu, this.#title, this.#options.phone)));
  }

  /** Undefined where the handler failed. */
  async #ask<Answer>(question: () => Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await question();
    } catch (error) {
      const { context, phone } = this.#options;
      context.onFault(`the handler failed for ${phone.mac}`, error);
      return undefined;
    }
  }
}
