/**
 * What six published `.cnf` files say, written down by hand: keys and values as a person reads them,
 * passwords masked. Only of use with the files themselves.
 */
export const corpusCnfValues: Readonly<Record<string, string>> = {
  'cisco-cme-guide/SIPDefault.cnf': `
    image_version=P0S3-07-4-00
    proxy1_address=10.1.18.100 proxy2_address= proxy3_address= proxy4_address= proxy5_address=
    proxy6_address= proxy1_port=5060 proxy2_port= proxy3_port= proxy4_port= proxy5_port=
    proxy6_port= proxy_register=1 time_zone=EST dst_auto_adjust=1 dst_start_month=April
    dst_start_day= dst_start_day_of_week=Sun dst_start_week_of_month=1 dst_start_time=02:00
    dst_stop_month=October dst_stop_day= dst_stop_day_of_week=Sun dst_stop_week_of_month=8
    dst_stop_time=02:00 date_format=M/D/Y time_format_24hr=0 local_cfwd_enable=1 directory_url=
    messages_uri=2000 services_url= logo_url= stutter_msg_waiting=0 sync=0000200155330856
    telnet_level=1 autocomplete=1 call_stats=0 domain_name= dtmf_avt_payload=101 dtmf_db_level=3
    dtmf_inband=1 dtmf_outofband=avt dyn_dns_addr_1= dyn_dns_addr_2= dyn_tftp_addr=
    end_media_port=32766 http_proxy_addr= http_proxy_port=80 nat_address= nat_enable=0
    nat_received_processing=0 network_media_type=Auto network_port2_type=Hub/Switch
    outbound_proxy= outbound_proxy_port=5060 proxy_backup= proxy_backup_port=5060
    proxy_emergency= proxy_emergency_port=5060 remote_party_id=0 sip_invite_retx=6 sip_retx=10
    sntp_mode=directedbroadcast sntp_server=0.0.0.0 start_media_port=16384 tftp_cfg_dir=
    timer_invite_expires=180 timer_register_delta=5 timer_register_expires=3600 timer_t1=500
    timer_t2=4000 tos_media=5 voip_control_port=5060`,
  'cisco-cme-guide/SIP000CCE62BCED.cnf': `
    image_version=P0S3-07-4-00 user_info=phone line1_name=1051 line1_displayname=
    line1_shortname= line1_authname=1051 line1_password=******** line2_name=
    line2_displayname= line2_shortname= line2_authname= line2_password= auto_answer=0
    speed_line1= speed_label1= speed_line2= speed_label2= speed_line3= speed_label3=
    speed_line4= speed_label4= speed_line5= speed_label5= call_hold_ringback=0 dnd_control=0
    anonymous_call_block=0 callerid_blocking=0 enable_vad=0 semi_attended_transfer=1
    call_waiting=1 cfwd_url= cnf_join_enable=1 phone_label= preferred_codec=g711ulaw`,
  'fritzbox-blog-2016/SIPMAC.cnf': `
    call_manager1_addr=192.168.1.1 call_manager1_sip_port=5060
    call_manager2_addr=192.168.1.1 call_manager2_sip_port=5060
    proxy1_address=USECALLMANAGER proxy1_port=5060 line1_name=620 line1_authname=620
    line1_password=******** line1_displayname=Ihr~Name line1_shortname=Leitung~1
    proxy2_address=USECALLMANAGER proxy2_port=5060 line2_name=621 line2_authname=621
    line2_password=******** line2_displayname=Ihr~Name line2_shortname=Leitung~2
    phone_label=Telefon phone_prompt=Mein~Telefon phone_password=********`,
  'fritzbox-blog-2016/SIPDefault-head.cnf': `
    image_version=P0S3-8-12-00
    call_manager1_addr= call_manager1_sip_port=5060 call_manager2_addr=
    call_manager2_sip_port=5060 call_manager3_addr= call_manager3_sip_port=5060
    call_manager4_addr= call_manager4_sip_port=5060 call_manager5_addr=
    call_manager5_sip_port=5060 call_manager6_addr= call_manager6_sip_port=5060
    proxy1_address= proxy2_address= proxy3_address= proxy4_address= proxy5_address=
    proxy6_address= proxy1_port=5060 proxy2_port=5060 proxy3_port=5060 proxy4_port=5060
    proxy5_port=5060 proxy6_port=5060 proxy_register=1 sntp_server=192.53.103.104
    sntp_mode=unicast time_zone=CET dst_offset=1 dst_start_month=April dst_start_day=
    dnd_control=0 cnf_join_enable=1 stutter_msg_waiting=0 call_stats=0 user_info=none`,
  'provisioner-Provisioner/SIPDefault.cnf': `
    image_version={$image_name} proxy1_address={$server.ip.1} proxy1_port=5060
    proxy_emergency= proxy_emergency_port=5060 proxy_backup= proxy_backup_port=5060
    outbound_proxy= outbound_proxy_port=5060 nat_enable=0 nat_address= voip_control_port=5060
    start_media_port=16348 end_media_port=20134 nat_received_processing=1 dyn_dns_addr_1=
    dyn_dns_addr_2= dyn_tftp_addr={$server.ip.1} tftp_cfg_dir=./ proxy_register=1
    timer_register_expires=120 preferred_codec=none tos_media=5 enable_vad=0
    dial_template=dialplan network_media_type=auto autocomplete=1 telnet_level=2
    cnf_join_enable=1 semi_attended_transfer=0 call_waiting=1 anonymous_call_block=0
    callerid_blocking=0 dnd_control=0 dtmf_inband=1 dtmf_outofband=avt dtmf_db_level=3
    dtmf_avt_payload=101 timer_t1=500 timer_t2=4000 sip_retx=10 sip_invite_retx=6
    timer_invite_expires=180 sntp_mode=directedbroadcast sntp_server={$server.ip.1}
    time_zone=CST time_format_24hr=1 dst_offset=1 dst_start_month=April dst_start_day=
    dst_start_day_of_week=Sun dst_start_week_of_month=1 dst_start_time=2 dst_stop_month=Nov
    dst_stop_day=1 dst_stop_day_of_week=Sunday dst_stop_week_of_month= dst_stop_time=2
    dst_auto_adjust=1 messages_uri={$vmail|*97} http_proxy_addr= http_proxy_port=80
    remote_party_id=0`,
  'provisioner-Provisioner/sip79xx__SIPDefault.cnf': `
    image_version={$image_name} cnf_join_enable=1 semi_attended_transfer=0 call_waiting=1
    anonymous_call_block=0 callerid_blocking=0 dnd_control=0 dtmf_inband=1 dtmf_outofband=avt
    dtmf_db_level=3 dtmf_avt_payload=101 timer_t1=500 timer_t2=4000 sip_retx=10
    sip_invite_retx=6 timer_invite_expires=180 http_proxy_addr= http_proxy_port=80
    remote_party_id=0 date_format=D/M/Y`,
};

/** The values by key; `~` stands for a blank in the table. */
export function cnfTable(words: string): ReadonlyMap<string, string> {
  const pairs = words.trim().split(/\s+/);
  return new Map(
    pairs.map((pair) => {
      const equals = pair.indexOf('=');
      return [pair.slice(0, equals), pair.slice(equals + 1).replaceAll('~', ' ')] as const;
    }),
  );
}
