import type { PlacedValue } from '../facts.ts';
import { hardware7900, readLoadName } from '../firmware/load-name.ts';
import type { TreeRule } from '../../../shared/lint/rule.ts';
import {
  effective,
  type FactsOf,
  filesWith,
  folderOf,
  nameOf,
  onlyDefault,
  placed,
  type Tree,
} from './tree-subject.ts';

function ofRole(files: readonly FactsOf[], role: FactsOf['facts']['role']): FactsOf | undefined {
  return files.find(({ facts }) => facts.role === role);
}

function protocolOf(image: string): string | undefined {
  return image === '' ? undefined : readLoadName(image)?.image.protocol;
}

/** Whether one folder is the root that both are served from. */
function share(root: FactsOf, other: FactsOf): boolean {
  const folder = folderOf(root.path);
  return folder === '' || folderOf(other.path) === folder || other.path.startsWith(`${folder}/`);
}

const sepBlocksSip: TreeRule<Tree> = {
  code: 'sep-blocks-sip',
  severity: 'error',
  title: 'SEP file that keeps a phone from its SIP file',
  consequence:
    'The loader takes the first file it finds: SEP before SIP, MGC and the default files.',
  cure: 'Name the SIP image in the SEP file, or remove the SEP file.',
  check(tree, report) {
    for (const [mac, files] of tree.several) {
      const sep = ofRole(files, 'sep');
      const other = ofRole(files, 'sip-phone') ?? ofRole(files, 'mgcp-phone');
      if (!sep || !other || !share(sep, other)) continue;
      const [prefix, wanted] = other.facts.role === 'sip-phone' ? ['SIP', 'SIP'] : ['MGC', 'MGCP'];
      const image = sep.facts.sepImage;
      const load = image && readLoadName(image[0]);
      const at = image ? placed(image) : { line: 1, column: 1 };
      const blocked = `${prefix}${mac}.cnf is not read`;
      if (!load) report(sep.path, { text: `names no image, so that ${blocked}`, ...at });
      else if (load.hardware === hardware7900 && load.image.protocol !== wanted)
        report(sep.path, { text: `names ${load.image.canonical}; ${blocked}`, ...at });
    }
  },
};

const protocolsMixed: TreeRule<Tree> = {
  code: 'protocols-mixed',
  severity: 'warning',
  title: 'Files of two protocols for one phone',
  consequence: 'Loaders hunt for CTLSEP, SEP, SIP, MGC, then the defaults, and take the first.',
  cure: 'Keep the files of one protocol.',
  check(tree, report) {
    for (const [mac, files] of tree.several) {
      const sip = ofRole(files, 'sip-phone');
      const mgcp = ofRole(files, 'mgcp-phone');
      const sep = ofRole(files, 'sep');
      const hardware = sep?.facts.sepImage && readLoadName(sep.facts.sepImage[0])?.hardware;
      if (sip && mgcp && share(sip, mgcp))
        report(mgcp.path, { text: `SIP${mac}.cnf is there too and comes first` });
      else if (sep && sip && share(sep, sip) && hardware !== undefined && hardware !== hardware7900)
        report(sip.path, { text: `the SEP file makes it a phone that reads no SIP${mac}.cnf` });
    }
    defaultsMixed(tree, report);
  },
};

/** XMLDefault.cnf.xml is found before SIPDefault.cnf. */
function defaultsMixed(tree: Tree, report: Parameters<TreeRule<Tree>['check']>[1]): void {
  const xml = onlyDefault(tree, 'xml-default');
  const sip = onlyDefault(tree, 'sip-default');
  if (!xml || !sip) return;
  for (const number of ['7', '8']) {
    const load = xml.facts.defaultLoads?.[number];
    const protocol = load && protocolOf(load[0]);
    if (load && protocol !== undefined && protocol !== 'none' && protocol !== 'SIP')
      report(xml.path, {
        text: `${load[0]} comes before SIPDefault.cnf for phones without a file of their own`,
        ...placed(load),
      });
  }
}

const imageLoop: TreeRule<Tree> = {
  code: 'image-loop',
  severity: 'error',
  title: 'Two files that name different images for one phone',
  consequence: 'The loader installs one image, the application the other, and so on for ever.',
  cure: 'Name the same image in both, or none in the SIP files.',
  check(tree, report) {
    const common = onlyDefault(tree, 'sip-default');
    const compare = (file: FactsOf, image: PlacedValue | undefined, own: FactsOf | undefined) => {
      // Of thousands of files most are for Java phones.
      if (!image || !/^P[O0]S/i.test(image[0])) return;
      const asked = effective(own, common, 'image_version');
      if (!asked || !differ(image[0], asked.value)) return;
      const text = `names ${image[0]}, and ${asked.file.path} ${asked.value}`;
      report(file.path, { text, ...placed(image) });
    };
    for (const sep of filesWith(tree, 'sep')) {
      const [own] = tree.byName.get(`sip${nameOf(sep.path).slice(3, 15).toLowerCase()}.cnf`) ?? [];
      compare(sep, sep.facts.sepImage, own);
    }
    const xml = onlyDefault(tree, 'xml-default');
    for (const number of ['7', '8'])
      if (xml) compare(xml, xml.facts.defaultLoads?.[number], undefined);
  },
};

/** Both images of a 7940 or 7960 with SIP, and not the same. */
function differ(a: string, b: string): boolean {
  const [first, second] = [readLoadName(a), readLoadName(b)];
  const isSip = (load: typeof first) =>
    load?.hardware === hardware7900 && load.image.protocol === 'SIP';
  return isSip(first) && isSip(second) && first?.image.canonical !== second?.image.canonical;
}

/** Cisco 7960/7940 firmware upgrade matrix, "Universal Application Loader". */
export const protocolRules: readonly TreeRule<Tree>[] = [sepBlocksSip, protocolsMixed, imageLoop];
