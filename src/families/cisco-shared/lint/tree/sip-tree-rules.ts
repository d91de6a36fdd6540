import type { TreeRule } from '../../../shared/lint/rule.ts';
import {
  effective,
  type FactsOf,
  filesWith,
  folderOf,
  onlyDefault,
  placed,
  type Tree,
} from './tree-subject.ts';

const required: TreeRule<Tree> = {
  code: 'required-parameter-missing',
  severity: 'error',
  title: 'Phone without a line name or a proxy',
  consequence: 'The display says "Phone Unprovisioned": no calls.',
  cure: 'Set line1_name in SIP<MAC>.cnf, and proxy1_address there or in SIPDefault.cnf.',
  check(tree, report) {
    const common = onlyDefault(tree, 'sip-default');
    for (const phone of filesWith(tree, 'sip-phone')) {
      if (!effective(phone, common, 'line1_name')) {
        if (common || filesWith(tree, 'sip-default').length === 0)
          report(phone.path, { text: 'line1_name is not set', line: 1, column: 1 });
      }
      if (common && !effective(phone, common, 'proxy1_address'))
        report(phone.path, { text: 'proxy1_address is set nowhere', line: 1, column: 1 });
    }
  },
};

const callManager: TreeRule<Tree> = {
  code: 'call-manager-missing',
  severity: 'error',
  title: 'USECALLMANAGER without call_manager1_addr',
  consequence: 'The phone has no server to register with.',
  cure: 'Set call_manager1_addr, or name the proxy itself.',
  check(tree, report) {
    const common = onlyDefault(tree, 'sip-default');
    for (const phone of filesWith(tree, 'sip-phone')) {
      const proxy = effective(phone, common, 'proxy1_address');
      if (proxy?.value !== 'USECALLMANAGER') continue;
      if (!common && filesWith(tree, 'sip-default').length > 0) continue;
      if (effective(phone, common, 'call_manager1_addr')) continue;
      if (!common && proxy.file !== phone) continue;
      report(proxy.file.path, { text: 'call_manager1_addr is not set', ...placed(proxy.at) });
    }
  },
};

const telnet: TreeRule<Tree> = {
  code: 'telnet-default-password',
  severity: 'warning',
  title: 'Telnet with the password that every phone has',
  consequence: 'Everyone on the network can log in to the phone, restart it and read its settings.',
  cure: 'Set phone_password, or telnet_level 0.',
  check(tree, report) {
    const common = onlyDefault(tree, 'sip-default');
    const phones = filesWith(tree, 'sip-phone');
    const told = new Set<string>();
    for (const phone of phones.length > 0 ? phones : [undefined]) {
      const level = effective(phone, common, 'telnet_level');
      const password = effective(phone, common, 'phone_password')?.value ?? 'cisco';
      if (!level || !/^[12]$/.test(level.value) || password !== 'cisco') continue;
      if (!common && filesWith(tree, 'sip-default').length > 0) continue;
      if (told.has(level.file.path)) continue;
      told.add(level.file.path);
      const text = `telnet_level ${level.value} with the password of the factory`;
      report(level.file.path, { text, ...placed(level.at) });
    }
  },
};

const tftpLoop: TreeRule<Tree> = {
  code: 'dyn-tftp-loop',
  severity: 'warning',
  title: 'Two dynamic TFTP servers for one phone',
  consequence: 'The phone is sent from one server to the other until it gives up.',
  cure: 'Set dyn_tftp_addr in one place.',
  check(tree, report) {
    const common = onlyDefault(tree, 'sip-default');
    const first = common?.facts.sip?.['dyn_tftp_addr'];
    if (!first) return;
    for (const { path, facts } of filesWith(tree, 'sip-phone')) {
      const own = facts.sip?.['dyn_tftp_addr'];
      if (own && own[0] !== first[0])
        report(path, { text: `dyn_tftp_addr is ${first[0]} in SIPDefault.cnf`, ...placed(own) });
    }
  },
};

const configFolder: TreeRule<Tree> = {
  code: 'tftp-cfg-dir',
  severity: 'error',
  title: 'Phone files in another folder than tftp_cfg_dir names',
  consequence: 'The phone does not find its file and asks for it every half minute, for ever.',
  cure: 'Set tftp_cfg_dir in SIPDefault.cnf to the folder of the phone files.',
  check(tree, report) {
    const common = onlyDefault(tree, 'sip-default');
    if (!common) return;
    const root = folderOf(common.path);
    const said = common.facts.sip?.['tftp_cfg_dir'];
    const below = said?.[0].replace(/^(\.?\/)+|\/+$/g, '') ?? '';
    const wanted = [root, below].filter((part) => part !== '' && part !== '.').join('/');
    const phones = filesWith(tree, 'sip-phone').filter(({ path }) => isBelow(path, root));
    const wrong = phones.filter(({ path }) => folderOf(path) !== wanted);
    const [first] = wrong;
    if (!first || wrong.length < phones.length) return;
    const text = `phones look in "${below}", and their files are in "${folderOf(first.path)}"`;
    report(common.path, { text, ...(said ? placed(said) : { line: 1, column: 1 }) });
  },
};

function isBelow(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

const neverReboots: TreeRule<Tree> = {
  code: 'sync-never-reboots',
  severity: 'warning',
  title: 'SYNC equal to what the phones have',
  consequence: 'Phones that are told to check their synchronization do nothing.',
  cure: 'Change SYNC in syncinfo.xml whenever phones are to restart.',
  check(tree, report) {
    const common = onlyDefault(tree, 'sip-default');
    if (!common) return;
    const phones = filesWith(tree, 'sip-phone');
    for (const { path, facts } of filesWith(tree, 'xml'))
      for (const { sync, line, column } of facts.sync ?? []) {
        const has = (phone: FactsOf | undefined) =>
          (effective(phone, common, 'sync')?.value ?? '1') === sync;
        if (phones.length > 0 ? phones.every(has) : has(undefined))
          report(path, { text: `SYNC "${sync}" is what the phones have`, line, column });
      }
  },
};

/** Cisco SIP IP Phone Administrator Guide, Release 4.4, chapter 3. */
export const sipTreeRules: readonly TreeRule<Tree>[] = [
  required,
  callManager,
  telnet,
  tftpLoop,
  configFolder,
  neverReboots,
];
