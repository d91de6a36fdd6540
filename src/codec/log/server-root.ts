/** The folder below which a server looks; some logs write it before every path. */
export type ServerRoot = {
  /** The log names it. */
  known(root: string): void;
  /** A path with the root before it. */
  saw(path: string): void;
  /** The path as the client asked for it. */
  readonly clientPath: (path: string) => string;
};

/** Where distributions put it. */
const usual = [
  '/var/lib/tftpboot/',
  '/var/lib/tftp/',
  '/srv/tftpboot/',
  '/srv/tftp/',
  '/var/tftpboot/',
  '/var/tftp/',
  '/private/tftpboot/',
  '/tftpboot/',
  '/tftp/',
] as const;

/** Not named and not usual: the folder that all paths of the log share. */
export function serverRoot(): ServerRoot {
  let named: string | undefined;
  let shared: string | undefined;
  return {
    known: (root) => void (named = root.endsWith('/') ? root : `${root}/`),
    saw(path) {
      const folder = path.slice(0, path.lastIndexOf('/') + 1);
      shared = shared === undefined ? folder : sharedFolder(shared, folder);
    },
    clientPath(path) {
      const roots = [named, ...usual, shared];
      const root = roots.find((each) => each !== undefined && path.startsWith(each));
      return root === undefined || root === '' ? path : path.slice(root.length);
    },
  };
}

function sharedFolder(a: string, b: string): string {
  const [parts, others] = [a.split('/'), b.split('/')];
  const differs = parts.findIndex((part, at) => part !== others[at]);
  return differs < 0 ? a : parts.slice(0, differs).concat('').join('/');
}
