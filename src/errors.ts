/** Every error that the program explains: what it is called, and the exit code it ends a command with. */
export const appErrors = {
  'wrong-usage': { text: 'The command was not understood', exitCode: 2 },
  'config-invalid': { text: 'The workspace file is not valid', exitCode: 1 },
  'workspace-missing': { text: 'There is no workspace here', exitCode: 1 },
  'workspace-exists': { text: 'There is a workspace here already', exitCode: 1 },
  'not-found': { text: 'There is no such thing', exitCode: 1 },
  'not-possible': { text: 'That cannot be done', exitCode: 1 },
  'port-in-use': { text: 'Another program listens there', exitCode: 1 },
  'port-not-allowed': { text: 'This user may not listen there', exitCode: 1 },
  'key-unusable': { text: 'The key of the workspace cannot be used', exitCode: 1 },
  'store-failed': { text: 'The database cannot be used', exitCode: 1 },
} as const satisfies Record<string, { readonly text: string; readonly exitCode: number }>;

export type AppErrorCode = keyof typeof appErrors;

/** Line and column count from 1. */
export type Place = { readonly file: string; readonly line?: number; readonly column?: number };

/** A problem that the operator can act on. The message stands by itself. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: AppErrorCode;
  readonly place: Place | undefined;

  /** `detail` names the thing and the cause; without it the code's own text is all. */
  constructor(
    code: AppErrorCode,
    detail: string = appErrors[code].text,
    options: { readonly place?: Place; readonly cause?: unknown } = {},
  ) {
    const { place, cause } = options;
    super(
      place ? `${formatPlace(place)}: ${detail}` : detail,
      cause === undefined ? {} : { cause },
    );
    this.code = code;
    this.place = place;
  }

  get exitCode(): 1 | 2 {
    return appErrors[this.code].exitCode;
  }
}

/** `hookflash.yaml:3:5` */
export function formatPlace({ file, line, column }: Place): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}
