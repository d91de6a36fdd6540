import type { Rule } from '../../shared/lint/rule.ts';

const asked = ['2004tftp.cfg', 'SipUpgradeConfigFile.txt'];

export const fileNameRules: readonly Rule<string>[] = [
  {
    code: 'file-name-case',
    severity: 'warning',
    title: 'File name in the wrong letter case',
    consequence: 'A server that minds the case of letters answers "file not found".',
    cure: 'Give the file the name that phones ask for.',
    check(name, report) {
      const to = asked.find((each) => each.toLowerCase() === name.toLowerCase());
      if (to !== undefined && to !== name)
        report({ text: `the name is written ${to}`, fix: { kind: 'rename', to } });
    },
  },
];
