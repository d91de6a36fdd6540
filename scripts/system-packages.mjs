// The real programs that tests run against. Installed only where this is root and apt is there;
// elsewhere the tests that need one say SKIPPED and why.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';

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
  ip: 'iproute2',
  tcpdump: 'tcpdump',
  nft: 'nftables',
  udhcpc: 'udhcpc',
  dhclient: 'isc-dhcp-client',
  dhcpcd: 'dhcpcd-base',
  dhcrelay: 'isc-dhcp-relay',
  perfdhcp: 'kea-admin',
  'kea-dhcp4': 'kea-dhcp4-server',
  'qemu-system-x86_64': 'qemu-system-x86',
  chronyd: 'chrony',
  ntpdate: 'ntpsec-ntpdate',
  sntp: 'sntp',
  sipp: 'sip-tester',
  kamailio: 'kamailio',
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
  const done = withoutServices(() => apt('install', '--no-install-recommends', ...names));
  if (done.status !== 0)
    process.stderr.write(`hookflash: apt-get could not install them:\n${done.stderr}\n`);
}

/** Debian starts a server when it is installed; a DHCP server on someone's network would be no joke. */
function withoutServices(install) {
  const policy = '/usr/sbin/policy-rc.d';
  if (existsSync(policy)) return install();
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return install();
  } finally {
    rmSync(policy);
  }
}
