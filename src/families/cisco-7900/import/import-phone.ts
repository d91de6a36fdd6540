import { attributeOf, child } from '../../../codec/config/xml.ts';
import type { ImportNote, ImportOptions, ReadFile, ReadPhone } from '../../../model/import.ts';
import { modelNamed } from '../../../model/model-name.ts';
import type { SettingValues } from '../../../model/settings.ts';
import type { Mac } from '../../../wire/mac.ts';
import { readFile } from '../../cisco-shared/import/read-file.ts';
import { sepSettings } from '../../cisco-shared/import/sep-import.ts';
import { parseImageName } from '../image-name.ts';
import { models } from '../models.ts';
import { sepLookupOf7900 } from '../render/lookups.ts';
import type { CommonFiles } from './common-files.ts';
import { ownFiles, type OwnFiles } from './own-files.ts';
import type { TreeFiles } from './tree-files.ts';

type Protocol = 'SCCP' | 'SIP' | 'MGCP';
/** A name of an image and the file that has it. */
type NamedImage = { readonly name: string; readonly path: string };

export type ReadOwn = {
  readonly phone?: ReadPhone;
  readonly protocol?: Protocol;
  readonly files: readonly ReadFile[];
};

/** One phone and what its files became; nothing where it is another family's. */
export function importPhone(
  mac: Mac,
  tree: TreeFiles,
  common: CommonFiles,
  options: ImportOptions,
): ReadOwn {
  const own = ownFiles(mac, tree, common.folder, options.models);
  if (!own) return { files: [] };
  const named = namedImage(own, common);
  const read = named && parseImageName(named.name);
  const image = read?.kind === 'application' ? read : undefined;
  const protocol = protocolOf(image?.protocol, own);
  if (!protocol) return { files: own.failed };
  const sep = own.SCCP && sepSettings(own.SCCP.sep, sepLookupOf7900);
  const settings = { SIP: own.SIP?.settings, SCCP: sep?.settings, MGCP: {} }[protocol] ?? {};
  const notes = named && !image ? [unknownImage(named)] : [];
  const files = (['SCCP', 'SIP', 'MGCP'] as const).flatMap((each) => {
    const file = each === 'SCCP' ? own.SCCP && { ...own.SCCP, notes: sep?.notes ?? [] } : own[each];
    return file ? [ownFile(file, each, protocol, named?.path === file.path ? notes : [])] : [];
  });
  const phone: ReadPhone = {
    ...{ mac, models: modelsOf(own, settings, common), settings },
    ...(image && { image: image.canonical }),
  };
  return { phone, protocol, files: [...files, ...own.failed] };
}

/** In the order in which the loader hunts for files. */
function namedImage({ SCCP, SIP, MGCP }: OwnFiles, common: CommonFiles): NamedImage | undefined {
  const load = SCCP?.sep.loads.find(({ number = 7 }) => number === 7 || number === 8);
  const cnf = [SIP, SIP && common.sip, MGCP, MGCP && common.mgcp];
  const inCnf = cnf.flatMap((file) =>
    file?.image ? [{ name: file.image.name, path: file.path }] : [],
  );
  return [...(load && SCCP ? [{ name: load.image, path: SCCP.path }] : []), ...inCnf][0];
}

/** Of the image, else of the file that the loader finds first; undefined where it has none. */
function protocolOf(said: string | undefined, own: OwnFiles): Protocol | undefined {
  if (said === 'SIP' || said === 'SCCP' || said === 'MGCP') return said;
  const order = own.SIP ? (['SIP'] as const) : (['SCCP', 'MGCP'] as const);
  return order.find((protocol) => own[protocol]);
}

function unknownImage({ name }: NamedImage): ImportNote {
  return { text: `"${name}" is no image that these phones can be told to run`, lost: true };
}

/** Each load reads the files of its own protocol; any may name the image. */
function ownFile(
  { path, notes }: { readonly path: string; readonly notes: readonly ImportNote[] },
  of: Protocol,
  protocol: Protocol,
  more: readonly ImportNote[],
): ReadFile {
  if (of === protocol) return readFile(path, 'phone', '', [...more, ...notes]);
  const text = of === 'SCCP' ? `it names the image; a ${protocol} load reads no more` : '';
  if (text !== '') return readFile(path, 'phone', text, more);
  return readFile(path, 'left-out', `the phone runs ${protocol}, which does not read it`);
}

function modelsOf({ SCCP }: OwnFiles, own: SettingValues, common: CommonFiles): readonly string[] {
  const names = models.map(({ name }) => name);
  const sep = SCCP?.sep;
  const text = sep && attributeOf(child(sep.root, 'loadInformation') ?? sep.root, 'model')?.value;
  const said = text === undefined ? undefined : modelNamed(names, text);
  if (said !== undefined) return [said];
  const numbers = new Set(sep?.loads.map(({ number }) => number));
  const numbered = models.filter(({ number }) => numbers.has(number));
  if (numbered.length === 1) return numbered.map(({ name }) => name);
  const settings: SettingValues = { ...common.sip?.settings, ...own };
  const lines = Object.entries(settings).flatMap(([key, value]) => {
    const [, line] = /^line(\d)_name$/.exec(key) ?? [];
    return line === undefined || value === '' ? [] : [Number(line)];
  });
  const most = Math.max(0, ...lines);
  return models.filter((model) => model.lines >= most).map(({ name }) => name);
}
