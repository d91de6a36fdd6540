import { encodeSntp } from '../../codec/sntp/sntp-packet.ts';
import { isInNetwork } from '../../wire/ipv4-network.ts';
import type { Peer } from '../tftp/udp.ts';
import { broadcastPacket } from './answer.ts';
import { ntpGroup } from './group-sockets.ts';
import { type ClockFields, isServing } from './host-clock.ts';
import type { Station } from './station.ts';
import { onePerNetwork } from './subnet.ts';

/** Time that nobody has to ask for. */
export type BroadcastPlan = {
  /** Broadcast addresses; `subnets` are those of the networks that the server is in. */
  readonly to: 'subnets' | readonly string[];
  /** To NTP's group, 224.0.1.1, too. */
  readonly multicast: boolean;
  readonly everyMs: number;
  /** The port that clients listen at. */
  readonly port: number;
};

export type BroadcastContext = {
  readonly stations: () => readonly Station[];
  readonly fields: () => ClockFields;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly onSent: () => void;
};

/** Sends the time to networks at an interval, the first time at once; not while there is none. */
export class Broadcasts {
  readonly #plan: BroadcastPlan;
  readonly #context: BroadcastContext;
  readonly #timer: NodeJS.Timeout;
  #sending: Promise<unknown>;

  constructor(plan: BroadcastPlan, context: BroadcastContext) {
    this.#plan = plan;
    this.#context = context;
    this.#sending = this.#send();
    this.#timer = setInterval(() => void (this.#sending = this.#send()), plan.everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sending;
  }

  async #send(): Promise<void> {
    const { stations, fields } = this.#context;
    if (!isServing(fields())) return;
    const { port, multicast } = this.#plan;
    const outward = onePerNetwork(stations()).filter(({ subnet }) => !subnet.isInternal);
    const toGroup = multicast ? outward : [];
    await Promise.all([
      ...this.#broadcasts().map(([station, address]) =>
        this.#count(station.send(this.#packet(), { address, port })),
      ),
      ...toGroup.map((station) =>
        this.#count(this.#multicast(station, { address: ntpGroup, port })),
      ),
    ]);
  }

  #multicast(station: Station, to: Peer): Promise<boolean> {
    return station.sendToGroup(this.#packet(), to);
  }

  /** From the station in the same network where there is one, else as routes go. */
  #broadcasts(): readonly (readonly [Station, string])[] {
    const { to } = this.#plan;
    const stations = this.#context.stations();
    if (to !== 'subnets')
      return to.flatMap((address) => {
        const near = stations.find(({ subnet }) => isInNetwork(subnet.network, address));
        const station = near ?? stations.find(({ subnet }) => !subnet.isInternal) ?? stations[0];
        return station ? [[station, address] as const] : [];
      });
    return onePerNetwork(stations).flatMap((station) => {
      const { broadcast, isInternal } = station.subnet;
      return broadcast === undefined || isInternal ? [] : [[station, broadcast] as const];
    });
  }

  #packet(): Uint8Array {
    const { fields, now } = this.#context;
    return encodeSntp(broadcastPacket(fields(), this.#plan.everyMs, now()));
  }

  async #count(sent: Promise<boolean>): Promise<void> {
    if (await sent) this.#context.onSent();
  }
}
