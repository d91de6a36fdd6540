import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What systemd does with a .socket unit that has ListenDatagram=67, BindToDevice= and
 * FileDescriptorName=: a socket bound to the device, handed over as number 3.
 */
const program = `
import os, socket, sys
device = sys.argv[1]
handed = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
handed.setsockopt(socket.SOL_SOCKET, 25, device.encode() + b"\\0")
handed.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
handed.bind(("0.0.0.0", 67))
if handed.fileno() != 3:
    os.dup2(handed.fileno(), 3)
os.set_inheritable(3, True)
os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1", LISTEN_FDNAMES=device)
os.execv(sys.argv[2], sys.argv[2:])
`;

/** The words that start a program with a socket for DHCP at the interface; files go to `folder`. */
export async function withSocketOf(
  python: string,
  interfaceName: string,
  folder: string,
): Promise<readonly string[]> {
  const file = join(folder, 'socket-activation.py');
  await writeFile(file, program);
  return [python, file, interfaceName];
}
