/** A socket that another program opened for this one. */
export type HandedSocket = {
  /** File descriptor. */
  readonly fd: number;
  /** `FileDescriptorName=` of its unit; empty where it has none. */
  readonly name: string;
};

/** systemd hands over descriptors from this one on. sd_listen_fds(3). */
const firstFd = 3;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The sockets that systemd handed to this process: LISTEN_PID, LISTEN_FDS and LISTEN_FDNAMES of
 * sd_listen_fds(3). None where they are meant for another process or the variables make no sense.
 */
export function handedSockets(environment: Environment, pid: number): readonly HandedSocket[] {
  const { LISTEN_PID, LISTEN_FDS, LISTEN_FDNAMES = '' } = environment;
  const count = Number(LISTEN_FDS);
  if (LISTEN_PID !== String(pid) || !Number.isSafeInteger(count) || count < 1) return [];
  const names = LISTEN_FDNAMES.split(':');
  return Array.from({ length: Math.min(count, 1024) }, (_, index) => ({
    fd: firstFd + index,
    name: names[index] ?? '',
  }));
}
