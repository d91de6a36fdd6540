import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CodecError } from '../../wire/codec-error.ts';
import { audioOf, audioSdp, commonFormats } from './sdp-audio.ts';
import { parseSdp, sdpText } from './sdp.ts';

const offer = [
  'v=0',
  'o=Cisco-SIPUA 4711 0 IN IP4 192.0.2.7',
  's=SIP Call',
  'c=IN IP4 192.0.2.7',
  't=0 0',
  'm=audio 23456/2 RTP/AVP 0 18 101 99',
  'c=IN IP4 192.0.2.8/127',
  'a=rtpmap:0 PCMU/8000',
  'a=fmtp:18 annexb=no',
  'a=rtpmap:101 telephone-event/8000/1',
  'a=fmtp:101 0-15',
  'a=ptime:20',
  'a=sendonly',
  'm=video 0 RTP/AVP 31',
  '',
].join('\r\n');

test('a phone’s offer', () => {
  assert.deepEqual(audioOf(parseSdp(offer)), {
    ...{ address: '192.0.2.8', port: 23_456, packetMs: 20, direction: 'sendonly' },
    formats: [
      { payload: 0, name: 'PCMU', rate: 8000 },
      { payload: 18, name: 'G729', rate: 8000, parameters: 'annexb=no' },
      { payload: 101, name: 'telephone-event', rate: 8000, parameters: '0-15' },
    ],
  });
});

test('a description is written as it was read', () => {
  assert.equal(sdpText(parseSdp(offer)), offer);
  assert.equal(sdpText(parseSdp(offer.replaceAll('\r', ''))), offer);
});

test('what an answer is made of', () => {
  const audio = audioOf(parseSdp(offer));
  assert.ok(audio);
  const own = [{ payload: 0, name: 'pcmu', rate: 8000 }];
  const formats = commonFormats(audio.formats, own);
  const answer = audioSdp({
    ...{ address: '192.0.2.9', port: 16_384, direction: 'recvonly', packetMs: 20, formats },
    ...{ user: 'desk', sessionId: 1, version: 2 },
  });
  assert.equal(
    sdpText(answer),
    [
      ...['v=0', 'o=desk 1 2 IN IP4 192.0.2.9', 's=SIP Call', 'c=IN IP4 192.0.2.9', 't=0 0'],
      ...['m=audio 16384 RTP/AVP 0', 'a=rtpmap:0 PCMU/8000', 'a=ptime:20', 'a=recvonly', ''],
    ].join('\r\n'),
  );
  assert.deepEqual(audioOf(answer)?.formats, formats);
});

test('held calls, and sessions without audio for IPv4', () => {
  assert.equal(
    audioOf(parseSdp('v=0\nc=IN IP4 0.0.0.0\nm=audio 9 RTP/AVP 0'))?.direction,
    'inactive',
  );
  assert.equal(audioOf(parseSdp('v=0\nc=IN IP6 ::1\nm=audio 9 RTP/AVP 0')), undefined);
  assert.equal(audioOf(parseSdp('v=0\nc=IN IP4 192.0.2.1')), undefined);
});

test('what is none is an error that names the line', () => {
  for (const [text, line] of [
    ['', 1],
    ['v=1', 1],
    ['v=0\nnothing', 2],
    ['v=0\ns=x\nm=audio 70000 RTP/AVP 0', 3],
    ['v=0\nm=audio 9 RTP/AVP', 2],
  ] as const)
    assert.throws(
      () => parseSdp(text),
      (error) => error instanceof CodecError && error.fault.field === `SDP line ${line}`,
    );
});
