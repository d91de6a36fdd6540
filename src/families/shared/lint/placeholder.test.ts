import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPlaceholder } from './placeholder.ts';

test('what authors of examples write is a placeholder', () => {
  const values = [
    'xxx.xxx.xxx.xxx',
    'x.x.x.x',
    'y.y.y.y',
    '{$server.ip.1}',
    '{{ proxy }}',
    '${PROXY}',
    '%%NULL%%',
    '#ssh_user#',
    '$ASTERISK',
    'SERVERIP',
    'YOUR_SERVER_IP',
    'your proxy',
    'TIME ZONE',
    '******EXTENSION NUMBER******',
    'FREEPBX SERVER IP GOES HERE',
    'SSH USER NAME',
    '<ip address>',
  ];
  for (const value of values) assert(isPlaceholder(value), value);
});

test('what phones are told is none', () => {
  const values = [
    '',
    '192.0.2.1',
    'USECALLMANAGER',
    'UNPROVISIONED',
    'pbx.example.net',
    '*97',
    '**600',
    'W. Europe Standard/Daylight Time',
    'http://pbx.example.net/service.php?name=#DEVICENAME#',
    'x-cisco-serviceuri-cfwdall',
    'Application:Cisco/MissedCalls',
    'SIP42.9-4-2SR3-1S',
    'g711ulaw',
    'Hub/Switch',
    'NIGHT NUMBER',
    'server room',
    'P4$$w0rd%',
  ];
  for (const value of values) assert(!isPlaceholder(value), value);
});
