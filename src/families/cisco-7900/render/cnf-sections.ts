import type { WrittenValue } from '../../../model/render.ts';

type Section = readonly [heading: string, keys: readonly string[]];

const lineIndexes = [1, 2, 3, 4, 5, 6] as const;

const perLine = (keys: readonly string[]) =>
  lineIndexes.flatMap((index) => keys.map((key) => key.replace('N', `${index}`)));

/** The order of the files, in which a person looks for things. */
const sections: readonly Section[] = [
  ['Firmware', ['image_version', 'sync']],
  [
    'Proxies',
    [
      ...perLine(['proxyN_address', 'proxyN_port']),
      ...['proxy_backup', 'proxy_backup_port', 'proxy_emergency', 'proxy_emergency_port'],
      ...['outbound_proxy', 'outbound_proxy_port'],
      ...perLine(['call_managerN_addr', 'call_managerN_sip_port']),
    ],
  ],
  ['Registration', ['proxy_register', 'timer_register_expires', 'timer_register_delta']],
  ['Display', ['phone_label']],
  ...lineIndexes.map((index): Section => [
    `Line ${index}`,
    ['name', 'shortname', 'displayname', 'authname', 'password'].map(
      (part) => `line${index}_${part}`,
    ),
  ]),
  [
    'Keys and dialling',
    [
      ...perLine(['speed_lineN', 'speed_labelN']),
      ...['messages_uri', 'dial_template', 'autocomplete', 'cfwd_url', 'local_cfwd_enable'],
    ],
  ],
  [
    'Calls',
    [
      ...['call_waiting', 'dnd_control', 'anonymous_call_block', 'callerid_blocking'],
      ...['call_hold_ringback', 'auto_answer', 'semi_attended_transfer', 'transfer_onhook_enabled'],
      ...['cnf_join_enable', 'stutter_msg_waiting', 'rfc_2543_hold', 'remote_party_id'],
      ...['user_info', 'call_stats'],
    ],
  ],
  [
    'Media',
    [
      ...['preferred_codec', 'enable_vad', 'start_media_port', 'end_media_port', 'tos_media'],
      ...['dscpForAudio', 'dtmf_inband', 'dtmf_outofband', 'dtmf_avt_payload', 'dtmf_db_level'],
    ],
  ],
  [
    'SIP',
    [
      ...['voip_control_port', 'timer_t1', 'timer_t2', 'timer_invite_expires'],
      ...['sip_invite_retx', 'sip_retx'],
    ],
  ],
  ['NAT', ['nat_enable', 'nat_address', 'nat_received_processing']],
  [
    'Time',
    [
      ...['sntp_server', 'sntp_mode', 'time_zone', 'time_format_24hr', 'date_format'],
      ...['dst_auto_adjust', 'dst_offset'],
      ...['start', 'stop'].flatMap((edge) =>
        ['month', 'day', 'day_of_week', 'week_of_month', 'time'].map(
          (part) => `dst_${edge}_${part}`,
        ),
      ),
    ],
  ],
  [
    'Network',
    [
      ...['tftp_cfg_dir', 'primary_tftp_addr', 'dyn_tftp_addr', 'dyn_dns_addr_1'],
      ...['dyn_dns_addr_2', 'Domain_Name', 'network_media_type', 'network_port2_type'],
      ...['http_proxy_addr', 'http_proxy_port'],
    ],
  ],
  ['Services', ['services_url', 'directory_url', 'logo_url', 'language']],
  ['Access', ['phone_prompt', 'phone_password', 'telnet_level']],
];

/** Values under their headings, empty sections left out; keys without a section come last. */
export function inSections(
  values: readonly WrittenValue[],
): readonly { readonly heading: string; readonly values: readonly WrittenValue[] }[] {
  const left = new Map(values.map((value) => [value.key, value]));
  const sorted = sections.map(([heading, keys]) => {
    const found = keys.flatMap((key) => left.get(key) ?? []);
    for (const { key } of found) left.delete(key);
    return { heading, values: found };
  });
  return [...sorted, { heading: 'More', values: [...left.values()] }].filter(
    (section) => section.values.length > 0,
  );
}
