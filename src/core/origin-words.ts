import type { Origin, Rendered, RenderedFile, WrittenValue } from '../model/render.ts';

const hidden = '********';

/** Where a value comes from, for people: `site berlin`, `phone`, `what it is told to load`. */
export function originWords(key: string, origin: Origin): string {
  switch (origin.kind) {
    case 'order':
      return 'what it is told to load';
    case 'needed':
      return `needed: ${origin.because}`;
    case 'setting': {
      const { scope, of, name } = origin;
      const whose = scope === 'fleet' || scope === 'phone' ? scope : `${scope} ${of}`;
      return name === key ? whose : `${whose}, as ${name}`;
    }
  }
}

/** The values of files without their secrets. */
export function withoutSecrets(files: readonly RenderedFile[]): readonly {
  readonly path: string;
  readonly values: readonly WrittenValue[];
}[] {
  return files.map(({ path, values }) => ({ path, values: values.map(withoutSecret) }));
}

function withoutSecret(value: WrittenValue): WrittenValue {
  return value.secret && value.value !== '' ? { ...value, value: hidden } : value;
}

/** Rows of key, value and origin for each file, and for what no file gives. */
export function whyRows({ files, defaults }: Pick<Rendered, 'files' | 'defaults'>): readonly {
  readonly title: string;
  readonly rows: readonly (readonly [key: string, value: string, from: string])[];
}[] {
  const given = withoutSecrets(files).map(({ path, values }) => ({
    title: path,
    rows: values.map(
      ({ key, value, origin }) => [key, oneLine(value), originWords(key, origin)] as const,
    ),
  }));
  if (defaults.length === 0) return given;
  const rows = defaults.map(({ key, value }) => [key, value, 'default of the phone'] as const);
  return [...given, { title: 'in no file', rows }];
}

function oneLine(value: string): string {
  return value.trim().replace(/\s*\r?\n\s*/g, '; ');
}
