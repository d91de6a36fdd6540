import type { BindFailure } from './engine.ts';
import { messageOf } from './message-of.ts';

type Closable = { close(): Promise<void> };

/** What a server has at each address that it listens at. */
export class AddressSockets<T extends Closable> {
  readonly #open: (address: string, port: number) => Promise<T>;
  readonly #byAddress = new Map<string, T>();

  /** `open` rejects with the system's error where the address cannot be had. */
  constructor(open: (address: string, port: number) => Promise<T>) {
    this.#open = open;
  }

  get all(): readonly T[] {
    return [...this.#byAddress.values()];
  }

  at(address: string): T | undefined {
    return this.#byAddress.get(address);
  }

  /** Listens at these addresses and at no other. Gives those that it could not have. */
  async listen(addresses: readonly string[], port: number): Promise<readonly BindFailure[]> {
    const gone = [...this.#byAddress.keys()].filter((address) => !addresses.includes(address));
    const added = addresses.filter((address) => !this.#byAddress.has(address));
    await Promise.all(gone.map((address) => this.#close(address)));
    const attempts = await Promise.all(added.map((address) => this.#add(address, port)));
    return attempts.filter((failure) => failure !== undefined);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#byAddress.keys()].map((address) => this.#close(address)));
  }

  async #add(address: string, port: number): Promise<BindFailure | undefined> {
    try {
      this.#byAddress.set(address, await this.#open(address, port));
      return undefined;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      return { address, code, message: messageOf(error) };
    }
  }

  async #close(address: string): Promise<void> {
    const socket = this.#byAddress.get(address);
    this.#byAddress.delete(address);
    await socket?.close();
  }
}
