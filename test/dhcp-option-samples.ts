import { dhcpOptions } from '../src/codec/dhcp/dhcp-options.ts';
import type { DhcpOptionKind } from '../src/codec/dhcp/dhcp-value.ts';

/** What an operator writes for an option, and what tshark makes of its octets. */
export type OptionSample = {
  readonly code: number;
  readonly text: string;
  /** Of tshark, below `dhcp.option.`. */
  readonly field?: string;
  /** Its values, in order. */
  readonly shows?: readonly string[];
};

/** Fields whose names differ from ours, or whose options have none. */
const fieldNames: Readonly<Record<number, string>> = {
  1: 'subnet_mask',
  2: 'time_offset',
  3: 'router',
  4: 'time_server',
  5: 'name_server',
  6: 'domain_name_server',
  7: 'log_server',
  8: 'quotes_server',
  9: 'lpr_server',
  10: 'impress_server',
  11: 'resource_location_server',
  12: 'hostname',
  13: 'boot_file_size',
  14: 'merit_dump_file',
  15: 'domain_name',
  16: 'swap_server',
  17: 'root_path',
  18: 'extension_path',
  19: 'ip_forwarding',
  20: 'non_local_source_routing',
  22: 'max_datagram_reassembly_size',
  23: 'default_ip_ttl',
  24: 'path_mtu_aging_timeout',
  25: 'path_mtu_plateau_table_item',
  26: 'interface_mtu',
  27: 'all_subnets_are_local',
  28: 'broadcast_address',
  29: 'perform_mask_discovery',
  30: 'mask_supplier',
  31: 'perform_router_discover',
  32: 'router_solicitation_address',
  34: 'trailer_encapsulation',
  35: 'arp_cache_timeout',
  36: 'ethernet_encapsulation',
  37: 'tcp_default_ttl',
  38: 'tcp_keepalive_interval',
  39: 'tcp_keepalive_garbage',
  40: 'nis_domain',
  41: 'nis_server',
  42: 'ntp_server',
  44: 'netbios_over_tcpip_name_server',
  45: 'netbios_over_tcpip_dd_name_server',
  46: 'netbios_over_tcpip_node_type',
  47: 'netbios_over_tcpip_scope',
  48: 'xwindows_system_font_server',
  49: 'xwindows_system_display_manager',
  50: 'requested_ip_address',
  51: 'ip_address_lease_time',
  54: 'dhcp_server_id',
  55: 'request_list_item',
  56: 'message',
  57: 'dhcp_max_message_size',
  58: 'renewal_time_value',
  59: 'rebinding_time_value',
  60: 'vendor_class_id',
  64: 'nis_plus_domain',
  65: 'nis_plus_server',
  66: 'tftp_server_name',
  67: 'bootfile_name',
  68: 'mobile_ip_home_agent',
  69: 'smtp_server',
  70: 'pop3_server',
  71: 'nntp_server',
  72: 'default_www_server',
  73: 'default_finger_server',
  74: 'default_irc_server',
  75: 'streettalk_server',
  76: 'streettalk_da_server',
  91: 'client_last_transaction_time',
  92: 'associated_ip_option',
  93: 'client_system_architecture',
  100: 'tz_pcode',
  101: 'tz_tcode',
  112: 'netinfo_parent_server_address',
  113: 'netinfo_parent_server_tag',
  114: 'captive_portal',
  118: 'subnet_selection_option',
  119: 'dhcp_dns_domain_search_list_fqdn',
  136: 'pana_agent',
  138: 'capwap_access_controller',
  142: 'andsf_server',
  150: 'tftp_server_address',
  153: 'bulk_lease.start_time_of_state',
  161: 'mudurl',
  209: 'pxe_config_file',
  210: 'pxe_path_prefix',
};

/** Where a text of the kind will not do. */
const special: Readonly<Record<number, Partial<OptionSample>>> = {
  21: { field: 'policy_filter.ip', shows: ['10.0.0.0', '10.1.0.0'] },
  33: { field: 'static_route.ip', shows: ['10.0.0.0', '10.1.0.0'] },
  46: { text: '8', shows: ['8'] },
  61: { text: '01:00:11:22:33:44:55' },
  63: { text: '02 00' },
  77: { text: '"\x05class"', field: 'user_class.data', shows: ['636c617373'] },
  78: { text: '00 c0000201', field: 'slp_directory_agent.slpda_address', shows: ['192.0.2.1'] },
  79: { text: '"\x01scope"', field: 'slp_service_scope.string', shows: ['scope'] },
  80: { text: '' },
  81: { text: '"\0\0\0phone.example"' },
  90: { text: '01 01 00 0000000000000001 00000001 00112233445566778899aabbccddeeff' },
  93: { text: '7', shows: ['7'] },
  94: { text: '01 03 00' },
  97: { text: '00 00112233445566778899aabbccddeeff' },
  99: { text: '"\x02DE\x01\x02BY"' },
  116: { text: 'yes', field: 'dhcp_auto_configuration', shows: ['1'] },
  117: {
    text: '6',
    field: 'dhcp_name_service_search_option',
    shows: ['Domain Name Server Option (6)'],
  },
  120: {
    field: 'sip_server.name',
    shows: ['sip.example', 'sip2.example'],
    text: 'sip.example, sip2.example',
  },
  121: { text: '10.0.0.0/8 via 192.0.2.1, 0.0.0.0/0 via 192.0.2.2' },
  123: { text: '00000000000000000000000000000000' },
  124: { text: '9:"phone"', field: 'vi_class.enterprise', shows: ['9'] },
  125: { text: '9:0x0102abcd', field: 'vi.enterprise', shows: ['9'] },
  // tshark 4.0 shows the lengths of its labels as characters.
  137: { text: 'lost.example', field: 'lost_server_domain_name', shows: ['\x04lost\x07example'] },
  145: { text: '1', field: 'forcerenew_nonce.algorithm', shows: ['1'] },
  146: { text: '00 c0000201 c0000202 00' },
  151: { text: '"\0fine"', field: 'bulk_lease.status_code_message', shows: ['fine'] },
  156: { text: '2', field: 'bulk_lease.dhcp_state', shows: ['2'] },
  157: { text: '01' },
  158: { text: '04 c0000201' },
  159: { text: '00 06 0400' },
  208: { text: 'f100747e' },
  212: { text: '08 20 20010db8000000000000000000000000 c0000201' },
  213: { text: '"\x07example\0"' },
  249: { text: '00 c0000201' },
};

/** One for every option of the table that has a value of its own. */
export function optionSamples(): readonly OptionSample[] {
  return dhcpOptions
    .filter(({ code }) => code !== 52 && code !== 53)
    .map(({ code, kind }) => {
      const field = fieldNames[code];
      return { code, ...sampleOf(kind, code), ...(field && { field }), ...special[code] };
    });
}

/** A value that only this option has, where the kind allows. */
function sampleOf(kind: DhcpOptionKind, code: number): Omit<OptionSample, 'code'> {
  switch (kind) {
    case 'ip':
      return { text: `192.0.2.${code}`, shows: [`192.0.2.${code}`] };
    case 'ips':
      return { text: `192.0.2.${code}, 198.51.100.1`, shows: [`192.0.2.${code}`, '198.51.100.1'] };
    case 'ip-pairs':
      return { text: '10.0.0.0/255.255.0.0, 10.1.0.0/255.255.0.0' };
    case 'u8':
    case 'u8s':
      return { text: `${code}`, shows: [`${code}`] };
    case 'u16':
    case 'u16s':
      return { text: `${1000 + code}`, shows: [`${1000 + code}`] };
    case 'u32':
      return { text: `${100_000 + code}`, shows: [`${100_000 + code}`] };
    case 'i32':
      return { text: '-3600', shows: ['-3600'] };
    case 'flag':
      return { text: 'yes', shows: ['1'] };
    case 'text':
      return { text: `text-${code}`, shows: [`text-${code}`] };
    case 'domains':
      return { text: 'a.example, b.example', shows: ['a.example', 'b.example'] };
    case 'vendor-options':
      return { text: '1:0x0102, 2:"ab"' };
    // Not suboption 19: tshark 4.0 reports it as an error of its own.
    case 'relay-agent':
      return { text: '1:0x00040001, 2:"switch", 5:192.0.2.0' };
    case 'classless-routes':
    case 'hex':
    case 'message-type':
    case 'sip-servers':
    case 'vendor-data':
      return { text: '0102' };
  }
}
