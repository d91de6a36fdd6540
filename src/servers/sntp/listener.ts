import { ipv4Number } from '../../wire/ipv4.ts';
import { isInNetwork, networkAround } from '../../wire/ipv4-network.ts';
import type { BindFailure, Engine } from '../tftp/listener.ts';
import type { Interfaces } from '../tftp/local-addresses.ts';
import { messageOf } from '../tftp/problem.ts';
import type { Peer } from '../tftp/udp.ts';
import { GroupSockets } from './group-sockets.ts';
import type { OnProblem } from './problem.ts';
import { type OnDatagram, Station } from './station.ts';
import { onePerNetwork, type Subnet, subnetOf } from './subnet.ts';

export type ListenerOptions = {
  readonly interfaces: () => Interfaces;
  /** A datagram, and the station that answers it. */
  readonly onDatagram: OnDatagram;
  readonly onProblem: OnProblem;
};

/** The server's sockets: one station for each address, and what is sent to all hosts. */
export class Listener implements Engine {
  readonly #options: ListenerOptions;
  readonly #stations = new Map<string, Station>();
  readonly #reported = new Set<string>();
  #groups: GroupSockets | undefined;

  constructor(options: ListenerOptions) {
    this.#options = options;
  }

  get stations(): readonly Station[] {
    return [...this.#stations.values()];
  }

  async listen(addresses: readonly string[], port: number): Promise<readonly BindFailure[]> {
    const gone = [...this.#stations.keys()].filter((address) => !addresses.includes(address));
    const added = addresses.filter((address) => !this.#stations.has(address));
    await Promise.all(gone.map((address) => this.#close(address)));
    const failures = await Promise.all(added.map((address) => this.#open(address, port)));
    if (addresses.length === 0) await this.#closeGroups();
    else await this.#openGroups(port);
    return failures.filter((failure) => failure !== undefined);
  }

  async stop(): Promise<void> {
    await this.#closeGroups();
    await Promise.all([...this.#stations.keys()].map((address) => this.#close(address)));
  }

  async #open(address: string, port: number): Promise<BindFailure | undefined> {
    const subnet = subnetOf(address, this.#options.interfaces()) ?? loneAddress(address);
    try {
      const onDatagram = this.#receive;
      const onError = this.#report;
      this.#stations.set(address, await Station.open({ subnet, port, onDatagram, onError }));
      return undefined;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      return { address, code, message: messageOf(error) };
    }
  }

  async #close(address: string): Promise<void> {
    const station = this.#stations.get(address);
    this.#stations.delete(address);
    await station?.close();
  }

  /** The machine itself is no group. */
  async #openGroups(port: number): Promise<void> {
    const outward = this.stations.filter(({ subnet }) => !subnet.isInternal);
    if (outward.length === 0) return;
    this.#groups ??= await GroupSockets.open({
      port,
      onDatagram: (datagram, from) => this.#receiveGroup(datagram, from),
      onError: this.#report,
    });
    this.#groups.listenBy(outward.map(({ subnet }) => subnet.address));
  }

  async #closeGroups(): Promise<void> {
    const groups = this.#groups;
    this.#groups = undefined;
    await groups?.close();
  }

  /** Of two stations in one network each hears its broadcasts. */
  readonly #receive: OnDatagram = (station, datagram, from, to) => {
    if (to === 'group' && !onePerNetwork(this.stations).includes(station)) return;
    this.#options.onDatagram(station, datagram, from, to);
  };

  /** The system does not say by which interface it came: the sender's network does. */
  #receiveGroup(datagram: Uint8Array, from: Peer): void {
    const station = this.stations.find(({ subnet }) => isInNetwork(subnet.network, from.address));
    if (station) this.#options.onDatagram(station, datagram, from, 'group');
  }

  /** Each thing once: an unreachable network would be told with every packet. */
  readonly #report = (where: string, error: unknown): void => {
    const text = `SNTP at ${where}: ${messageOf(error)}`;
    if (this.#reported.has(text)) return;
    if (this.#reported.size >= mostReported) this.#reported.clear();
    this.#reported.add(text);
    this.#options.onProblem({ code: 'socket', text });
  };
}

const mostReported = 100;

function loneAddress(address: string): Subnet {
  const network = networkAround(ipv4Number(address), 32);
  return { address, network, broadcast: undefined, isInternal: true };
}
