// The real programs that tests run against. Installed only where this is root and apt is there;
// elsewhere the tests that need one say SKIPPED and why.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** program -> Debian package */
const programs = {
  tftp: 'tftp-hpa',
  'in.tftpd': 'tftpd-hpa',
  atftp: 'atftp',
  busybox: 'busybox',
  curl: 'curl',
  dnsmasq: 'dnsmasq-base',
  python3: 'python3',
  tshark: 'tshark',
  wget: 'wget',
  zip: 'zip',
  patch: 'patch',
  xmllint: 'libxml2-utils',
};

const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin'];

export function missingSystemPackages() {
  return Object.entries(programs)
    .filter(([program]) => !folders.some((folder) => existsSync(`${folder}/${program}`)))
    .map(([, name]) => name);
}

export function installSystemPackages(names) {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync('/usr/bin/apt-get')) {
    process.stderr.write(
      `hookflash: not installed: ${names.join(', ')} (needs root and apt); tests against them will say SKIPPED\n`,
    );
    return;
  }
  process.stderr.write(`hookflash: installing test programs (once): ${names.join(', ')} …\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => spawnSync('apt-get', ['-qq', '-y', ...args], { env, encoding: 'utf8' });
  apt('update');
  const done = apt('install', '--no-install-recommends', ...names);
  if (done.status !== 0)
    process.stderr.write(`hookflash: apt-get could not install them:\n${done.stderr}\n`);
}
