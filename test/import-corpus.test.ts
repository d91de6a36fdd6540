import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, describe, test, type TestContext } from 'node:test';
import { openWorkspace } from '../src/app/workspace.ts';
import { cnfValues, decodeCnf } from '../src/codec/config/cnf.ts';
import { xmlValues } from '../src/codec/config/xml-values.ts';
import { decodeXml } from '../src/codec/config/xml.ts';
import { decodeFile } from '../src/core/decode.ts';
import { renderPhone } from '../src/core/view.ts';
import { families } from '../src/families/index.ts';
import { parameterLookup } from '../src/model/parameter-lookup.ts';
import type { Parameter } from '../src/model/parameter.ts';
import type { Phone } from '../src/model/phone.ts';
import type { Rendered } from '../src/model/render.ts';
import { hookflash, jsonLines, temporaryFolder } from './hookflash-process.ts';

/**
 * Every folder of the corpus moves into a fresh workspace, and the files that are rendered for its
 * phones say what the files of the folder said, by `decode` of both. Files of which the name alone
 * is a placeholder get a MAC, so that they are read too.
 */
const corpus = process.env['HOOKFLASH_CORPUS'];
const folders =
  corpus === undefined
    ? []
    : readdirSync(join(corpus, 'cisco'), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name !== 'logs')
        .map(({ name }) => name);

/** Tried in this order for phones whose files do not tell. */
const models = ['7960', '7911', '7942', '7945', '7970', '7975', '7941', '7931'];

const otherModel = 'its load is for a model that is not known';
const placeholders = 'the template stands for values with {$…}, also around elements';
/** Files that make no phone, with the reason. */
const skipped: Readonly<Record<string, string>> = {
  '3nd0y-firmware-7911G/SEPEC44761F03F7.cnf.xml_': otherModel,
  '3nd0y-firmware-7911G/SEPEC44761F03F7.cnf.xml__': otherModel,
  'PhantomVl-sccp_manager/SEP0000000000.cnf.xml_7925_sip_template': otherModel,
  'PhantomVl-sccp_manager/SEP0000000000.cnf.xml_7925_template': otherModel,
  'PhantomVl-sccp_manager/SEP0000000000.cnf.xml_7937_template': otherModel,
  'PhantomVl-sccp_manager/SEP0000000000.cnf.xml_annotated': 'it is no well-formed XML',
  'chan-sccp-chan-sccp/SEP0000000000.cnf.xml_7925_template': otherModel,
  'chan-sccp-chan-sccp/SEP0000000000.cnf.xml_792x_vendorConfig_entries.xml':
    'it describes elements, and is no file of a phone',
  'chan-sccp-chan-sccp/SEP0000000000.cnf.xml_annotated': 'it is no well-formed XML',
  'provisioner-Provisioner/SEP$mac.cnf.xml': placeholders,
  'provisioner-Provisioner/sip797xG__SEP$mac.cnf.xml': placeholders,
  'provisioner-Provisioner/sip79x1G__SEP$mac.cnf.xml': placeholders,
  'provisioner-Provisioner/sip79xx__SEP$mac.cnf.xml': placeholders,
  'provisioner-Provisioner/sip99xx__SEP$mac.cnf.xml': placeholders,
  'zheltovanton-cisco79xx-to-asterisk/SEPF44E05A383F4.cnf.xml': otherModel,
};

/** A value that the files of the folder and the rendered ones do not share. */
type Difference = {
  readonly key: string;
  /** Undefined where there is none. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Undefined for what no table knows. */
  readonly parameter: Parameter | undefined;
  /** The report of the import names it as lost. */
  readonly reported: boolean;
  readonly phone: Phone;
  readonly rendered: Rendered;
};

/** Why a value may be another one: all there is. */
const allowed: Readonly<Record<string, (difference: Difference) => boolean>> = {
  'no table knows it, and the import says so': ({ parameter, reported, after }) =>
    !parameter && reported && after === undefined,
  'no table knows it, and it is empty': ({ parameter, before, after }) =>
    !parameter && before === '' && after === undefined,
  'by it the server that wrote the file finds its own records': ({ key, parameter, after }) =>
    !parameter && after === undefined && /@(uuid|ctiid|xsi:type)$/.test(key),
  'it is required, and empty is as good as not there': ({ parameter, before, after }) =>
    parameter?.required !== undefined && before === '' && after === undefined,
  'a load without a name keeps what runs, and so does none': ({ key, before, after }) =>
    key === 'loadInformation' && before === '' && after === undefined,
  'the load is what boot code asks for by itself, and the import says so': (difference) =>
    difference.key === 'loadInformation' && difference.reported && difference.after === undefined,
  'phones take it in any letter case, and the table has one': ({ parameter, before, after }) =>
    parameter?.type.kind === 'choice' &&
    parameter.type.anyCase === true &&
    before?.toLowerCase() === after?.toLowerCase(),
  'the file does not work without it': ({ key, before, after, rendered }) =>
    before === undefined &&
    rendered.files.some(({ values }) =>
      values.some(
        (each) =>
          comparable(each.key.replace('/@', '@')) === key &&
          each.value === after &&
          each.origin.kind === 'needed',
      ),
    ),
  'it is of a key of which nothing else is said': ({ key, before, after, phone }) => {
    const [line] = /^sipProfile\/sipLines\/line\[\d+\]/.exec(key) ?? [];
    const isSaid = Object.keys(phone.settings).some((each) => each.startsWith(line ?? ''));
    return line !== undefined && !isSaid && after === undefined && /^\d*$/.test(before ?? '');
  },
};
const used = new Set<string>();

type FileLine = {
  readonly path: string;
  readonly became: string;
  readonly notes: readonly { readonly text: string; readonly lost: boolean }[];
};
type PhoneLine = { readonly mac: string; readonly result: string; readonly why?: string };
type Values = Readonly<Record<string, string>>;

/** Makes a folder as a TFTP server would have it; gives the names in the corpus by the new ones. */
function served(folder: string, to: string): ReadonlyMap<string, string> {
  const from = join(corpus!, 'cisco', folder);
  const names = new Map(
    readdirSync(from)
      .sort()
      .map((name, index) => [placed(name, index), name]),
  );
  mkdirSync(to);
  for (const [target, source] of names) copyFileSync(join(from, source), join(to, target));
  return names;
}

function placed(name: string, index: number): string {
  if (name === 'SIPDefault-head.cnf') return 'SIPDefault.cnf';
  const [, prefix, digits = '', extension = '', rest] =
    /^(?:sip\w+__)?(SEP|SIP)(?!Default|Type)(.*?)(\.cnf\.xml|\.cnf)(.*)$/.exec(name) ?? [];
  if (prefix === undefined) return name;
  const isReal = /^[0-9A-F]{12}$/.test(digits) && !/^(.)\1*$/.test(digits) && rest === '';
  return isReal ? name : `${prefix}0200000000${String(index + 10)}${extension}`;
}

async function moveIn(t: TestContext, folder: string) {
  const home = await temporaryFolder(t);
  const root = join(home, 'root');
  const names = served(folder, root);
  const dir = join(home, 'workspace');
  await hookflash('init', dir);
  const { out, err } = await hookflash(
    ...['import', root, '--dir', dir, '--json'],
    ...['--model', ...models],
  );
  const lines = jsonLines(out) as readonly { readonly event: string }[];
  assert.equal(lines.at(-1)?.event, 'end', err);
  const of = (event: string) => lines.filter((line) => line.event === event) as readonly unknown[];
  const phones = of('phone') as readonly PhoneLine[];
  return { dir, names, root, files: of('file') as readonly FileLine[], phones };
}

/** By `decode`; passwords, which it hides, as they are. */
function valuesOf(name: string, bytes: Uint8Array): Values {
  const { values = {} } = decodeFile(families, name, bytes) as { readonly values?: Values };
  const raw = rawValues(name, Buffer.from(bytes).toString('utf8'));
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      const real = value === '********' ? raw.get(key) : value;
      assert.ok(real !== undefined, `${name}: ${key}`);
      return [key, real];
    }),
  );
}

function rawValues(name: string, text: string): ReadonlyMap<string, string> {
  if (name.endsWith('.cnf')) return cnfValues(decodeCnf(text));
  return new Map(xmlValues(decodeXml(text)).map(({ path, value }) => [path, value]));
}

const repeated = new Set([
  'devicePool/dateTimeSetting/ntps/ntp',
  'devicePool/callManagerGroup/members/member',
  'TVS/members/member',
  'sipProfile/sipLines/line',
  'phoneServices/phoneService',
  'addOnModules/addOnModule',
  'capfList/capf',
]);

/**
 * A path with a number behind every element that may be repeated, and behind no other: of those
 * phones take the first. Undefined for a further one.
 */
function comparable(key: string): string | undefined {
  let plain = '';
  const steps = key.split('/').map((step) => {
    const [, name = step, number = '1', rest = ''] =
      /^([^[@]*)(?:\[(\d+)\])?(@.*)?$/.exec(step) ?? [];
    plain = plain === '' ? name : `${plain}/${name}`;
    if (repeated.has(plain)) return `${name}[${number}]${rest}`;
    return number === '1' ? `${name}${rest}` : undefined;
  });
  return steps.includes(undefined) ? undefined : steps.join('/');
}

function allComparable(values: Values): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(values).flatMap(([key, value]) => {
      const path = comparable(key);
      return path === undefined ? [] : [[path, value] as const];
    }),
  );
}

/** The files that phones of a folder read: the default file, then its own. */
function effective(phone: Phone, read: (name: string) => Uint8Array | undefined) {
  const values = (name: string) => {
    const bytes = read(name);
    return bytes ? valuesOf(name, bytes) : {};
  };
  const own = `SIP${phone.mac}.cnf`;
  if (phone.family === 'cisco-7900' && read(own))
    return allComparable({ ...values('SIPDefault.cnf'), ...values(own) });
  return allComparable(values(`SEP${phone.mac}.cnf.xml`));
}

function noProblem(text: string): never {
  throw new Error(text);
}

/** As the phone would be served: its load, or without one its settings. */
function renderedFor(phone: Phone, workspace: Awaited<ReturnType<typeof openWorkspace>>): Rendered {
  const family = families.find(({ id }) => id === phone.family)!;
  // What a 7940/7960 reads depends on its protocol, and one without a load here speaks SIP.
  const like = phone.family === 'cisco-7900' ? 'P0S3-8-12-00' : undefined;
  const order =
    phone.image === undefined ? family.settingsOrder(like) : family.steadyOrder(phone.image);
  return renderPhone(phone, family, workspace.layersFor(phone), order);
}

function parameterOf(phone: Phone, key: string): Parameter | undefined {
  const name = key.replaceAll(/\[\d+\]/g, '').replace('@', '/@');
  const { parameters } = families.find(({ id }) => id === phone.family)!;
  for (const table of parameters) {
    const known = parameterLookup(table).find(name);
    // XML minds letter case, the other files do not.
    if (known && (known.key === name || !name.includes('/'))) return known.parameter;
  }
  return undefined;
}

function differences(
  phone: Phone,
  rendered: Rendered,
  read: (name: string) => Uint8Array | undefined,
  files: readonly FileLine[],
): readonly Difference[] {
  const before = effective(phone, read);
  const after = effective(phone, (name) => {
    const file = rendered.files.find(({ path }) => basename(path) === name);
    return file && Buffer.from(file.content);
  });
  const lost = files.flatMap(({ path, notes }) =>
    path.includes(phone.mac) || path === 'SIPDefault.cnf' ? notes.filter((note) => note.lost) : [],
  );
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => before.get(key) !== after.get(key))
    .map((key) => {
      const [old, now] = [before.get(key), after.get(key)];
      const words = [key.replace('@', '/@'), `"${old ?? ''}" is no load`];
      const reported = lost.some(({ text }) => words.some((word) => text.startsWith(word)));
      const parameter = parameterOf(phone, key);
      return { ...{ key, parameter, reported, phone, rendered }, before: old, after: now };
    });
}

describe('a folder of the corpus moves into a workspace', { concurrency: 2 }, () => {
  let compared = 0;
  if (corpus === undefined) test('every folder', (t) => t.skip('HOOKFLASH_CORPUS names no folder'));
  for (const folder of folders)
    test(folder, async (t) => {
      const { dir, names, root, files, phones } = await moveIn(t, folder);
      const read = (name: string) => (names.has(name) ? readFileSync(join(root, name)) : undefined);
      const workspace = await openWorkspace(dir, { onProblem: noProblem });
      t.after(() => workspace.close());
      const stored = await workspace.store.phoneList();
      const wrong = stored.flatMap((phone) => {
        if (isSkipped(folder, names, phone.mac)) return [];
        compared++;
        return differences(phone, renderedFor(phone, workspace), read, files).filter(
          (difference) => {
            const reasons = Object.keys(allowed).filter((reason) => allowed[reason]?.(difference));
            for (const reason of reasons.slice(0, 1)) used.add(reason);
            return reasons.length === 0;
          },
        );
      });
      assert.deepEqual(
        wrong.map(({ phone, key, before, after }) => [phone.mac, key, before, after]),
        [],
      );
      const own = [...names].filter(([name]) => /^(SEP|SIP|MGC)[0-9A-F]{12}\.cnf/.test(name));
      const macs = new Set(stored.map(({ mac }): string => mac));
      for (const [name, source] of own) {
        const [mac = ''] = /[0-9A-F]{12}/.exec(name) ?? [];
        const reason = skipped[`${folder}/${source}`];
        const report = phones.find((each) => each.mac === mac);
        assert.ok(macs.has(mac) || reason !== undefined, `${source}: ${report?.why ?? 'no phone'}`);
        if (reason !== undefined && reason !== placeholders)
          assert.ok(!macs.has(mac), `${source} makes a phone, and is skipped`);
      }
    });
  after(() => {
    if (corpus === undefined) return;
    assert.ok(compared >= 45, `${compared} phones`);
    assert.deepEqual([...used].sort(), Object.keys(allowed).sort(), 'every reason is in use');
  });
});

function isSkipped(folder: string, names: ReadonlyMap<string, string>, mac: string): boolean {
  return [...names].some(
    ([name, source]) => name.includes(mac) && Object.hasOwn(skipped, `${folder}/${source}`),
  );
}
