/** A request for a file whose end the log has not told yet. */
export type Conversation = {
  readonly address: string;
  readonly path: string;
};

/**
 * Requests whose ends come in later lines, by the process or thread that answers them. The oldest
 * are forgotten when a log never tells ends.
 */
export type Conversations = {
  begin(thread: string, conversation: Conversation): void;
  /**
   * The one that a later line is about: of the path where it names one, else the only one that is
   * open. Undefined where it could be one of several.
   */
  find(thread: string, path?: string): Conversation | undefined;
  /** As `find`, and it is over. */
  end(thread: string, path?: string): Conversation | undefined;
};

const mostThreads = 4096;
const mostOpen = 256;

export function conversations(): Conversations {
  const threads = new Map<string, readonly Conversation[]>();

  function keep(thread: string, open: readonly Conversation[]): void {
    threads.delete(thread);
    if (open.length > 0) threads.set(thread, open);
    const [oldest] = threads.keys();
    if (threads.size > mostThreads && oldest !== undefined) threads.delete(oldest);
  }

  function find(thread: string, path?: string): Conversation | undefined {
    const open = threads.get(thread) ?? [];
    const meant = path === undefined ? open : open.filter((each) => isSameFile(path, each.path));
    return new Set(meant.map(({ address, path: asked }) => `${address} ${asked}`)).size === 1
      ? meant[0]
      : undefined;
  }

  return {
    begin: (thread, conversation) =>
      keep(thread, [...(threads.get(thread) ?? []), conversation].slice(-mostOpen)),
    find,
    end(thread, path) {
      const found = find(thread, path);
      const open = threads.get(thread) ?? [];
      keep(
        thread,
        open.filter((each) => each !== found),
      );
      return found;
    },
  };
}

/** The server's path may have its root before the client's, and other slashes. */
export function isSameFile(server: string, client: string): boolean {
  const [long, short] = [plainPath(server), plainPath(client)];
  return long === short || long.endsWith(`/${short}`);
}

function plainPath(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '');
}
