import type { Rule } from '../../../shared/lint/rule.ts';
import { authenticationWords, mediaPortsWords, secretWords, timersWords } from '../rule-words.ts';
import { keyPlace, numberOf, type SipFile, valueOf, valuePlace } from './sip-subject.ts';

const mediaPorts: Rule<SipFile> = {
  ...mediaPortsWords,
  check(file, report) {
    const start = numberOf(file, 'start_media_port');
    const end = numberOf(file, 'end_media_port');
    const read = file.byKey.get('start_media_port');
    if (!read || start === undefined || end === undefined || start <= end) return;
    report({ text: `media ports from ${start} to ${end}`, ...valuePlace(read) });
  },
};

const timers: Rule<SipFile> = {
  ...timersWords,
  check(file, report) {
    const t1 = numberOf(file, 'timer_t1') ?? 500;
    const t2 = numberOf(file, 'timer_t2') ?? 4000;
    const read = file.byKey.get('timer_t2') ?? file.byKey.get('timer_t1');
    if (read && t2 <= t1) report({ text: `timer_t2 ${t2}, timer_t1 ${t1}`, ...valuePlace(read) });
  },
};

const authentication: Rule<SipFile> = {
  ...authenticationWords,
  check({ byKey }, report) {
    for (let line = 1; line <= 6; line++) {
      const name = byKey.get(`line${line}_authname`);
      const password = byKey.get(`line${line}_password`);
      const hasName = name !== undefined && name.value !== '';
      const hasPassword = password !== undefined && password.value !== '';
      if (hasName && !hasPassword)
        report({ text: `line${line}_authname without line${line}_password`, ...keyPlace(name) });
      if (hasPassword && !hasName)
        report({
          text: `line${line}_password without line${line}_authname`,
          ...keyPlace(password),
        });
    }
  },
};

const httpProxy: Rule<SipFile> = {
  code: 'http-proxy-port',
  severity: 'note',
  title: 'HTTP proxy without port',
  consequence: 'The phone uses port 80; most proxies listen on another one.',
  cure: 'Set http_proxy_port.',
  check(file, report) {
    const read = file.byKey.get('http_proxy_addr');
    if (!read || read.value === '' || valueOf(file, 'http_proxy_port') !== '') return;
    report({ text: 'http_proxy_addr without http_proxy_port', ...keyPlace(read) });
  },
};

const dialTemplate: Rule<SipFile> = {
  code: 'dial-template-extension',
  severity: 'warning',
  title: 'dial_template with extension',
  consequence: 'The phone puts .xml behind it and asks for a file that is not there.',
  cure: 'Write the name without .xml.',
  check({ byKey }, report) {
    const read = byKey.get('dial_template');
    if (read && /\.xml$/i.test(read.value))
      report({ text: `the phone asks for ${read.value}.xml`, ...valuePlace(read) });
  },
};

const secret: Rule<SipFile> = {
  ...secretWords,
  check({ entries, isDefault }, report) {
    if (!isDefault) return;
    for (const read of entries)
      if (read.known?.parameter.secret === true && read.value !== '' && !read.placeholder)
        report({ text: `${read.known.key} can be read by everyone`, ...keyPlace(read) });
  },
};

const standingImage: Rule<SipFile> = {
  code: 'image-version-left',
  severity: 'note',
  title: 'image_version in the file for all phones',
  consequence: 'Phones with a loader fetch the .loads file at every boot, which takes time.',
  cure: 'Take it out when all phones run the image.',
  check({ byKey, isDefault }, report) {
    const read = byKey.get('image_version');
    if (isDefault && read && /^P0[SM]3-0?[7-9]/i.test(read.value))
      report({
        text: `image_version ${read.value} is asked about at every boot`,
        ...keyPlace(read),
      });
  },
};

/** What values of one file say to each other. */
export const sipValueRules: readonly Rule<SipFile>[] = [
  mediaPorts,
  timers,
  authentication,
  httpProxy,
  dialTemplate,
  secret,
  standingImage,
];
