import { isInNetwork, networkAround } from '../../wire/ipv4-network.ts';
import { ipv4Number } from '../../wire/ipv4.ts';
import { AddressSockets } from '../address-sockets.ts';
import type { BindFailure, Engine } from '../engine.ts';
import { messageOf } from '../message-of.ts';
import type { Interfaces } from '../tftp/local-addresses.ts';
import type { Peer } from '../tftp/udp.ts';
import { ToldOnce } from '../told-once.ts';
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
  readonly #stations: AddressSockets<Station>;
  readonly #told = new ToldOnce();
  #groups: GroupSockets | undefined;

  constructor(options: ListenerOptions) {
    this.#options = options;
    const [onDatagram, onError] = [this.#receive, this.#report];
    this.#stations = new AddressSockets((address, port) => {
      const subnet = subnetOf(address, options.interfaces()) ?? loneAddress(address);
      return Station.open({ subnet, port, onDatagram, onError });
    });
  }

  get stations(): readonly Station[] {
    return this.#stations.all;
  }

  async listen(addresses: readonly string[], port: number): Promise<readonly BindFailure[]> {
    const failures = await this.#stations.listen(addresses, port);
    if (addresses.length === 0) await this.#closeGroups();
    else await this.#openGroups(port);
    return failures;
  }

  async stop(): Promise<void> {
    await this.#closeGroups();
    await this.#stations.close();
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

  readonly #report = (where: string, error: unknown): void => {
    const text = `SNTP at ${where}: ${messageOf(error)}`;
    if (this.#told.isNew(text)) this.#options.onProblem({ code: 'socket', text });
  };
}

function loneAddress(address: string): Subnet {
  const network = networkAround(ipv4Number(address), 32);
  return { address, network, broadcast: undefined, isInternal: true };
}
