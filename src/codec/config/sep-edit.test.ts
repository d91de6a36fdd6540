import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CodecError } from '../../wire/codec-error.ts';
import { setLineText, setSepLoad } from './sep-edit.ts';
import { decodeXmlDocument } from './xml-document.ts';
import { setTextAt } from './xml-path.ts';

const text =
  '<?xml version="1.0"?>\r\n<device xsi:type="axl:XIPPhone">\r\n' +
  '  <sipProfile>\r\n    <sipLines>\r\n' +
  '      <line button="1" lineIndex="1">\r\n' +
  '        <authName>1001</authName> <!-- desk -->\r\n' +
  '        <authPassword>old</authPassword>\r\n      </line>\r\n' +
  '      <line button="2" lineIndex="2"><name>1002</name></line>\r\n' +
  '    </sipLines>\r\n  </sipProfile>\r\n' +
  '  <loadInformation></loadInformation>\r\n</device>\r\n';
const document = decodeXmlDocument(text);

test('the load is set where it stands', () => {
  assert.equal(
    setSepLoad(document, 'SIP41.9-4-2SR3-1S').text,
    text.replace('<loadInformation>', '<loadInformation>SIP41.9-4-2SR3-1S'),
  );
  assert.equal(setSepLoad(document, '').text, text);
  assert.throws(() => setSepLoad(document, 'SIP41.loads'), CodecError);
});

test('a password of one line is set', () => {
  assert.equal(
    setLineText(document, 1, 'authPassword', 's<cret').text,
    text.replace('>old<', '>s&lt;cret<'),
  );
  assert.equal(
    setLineText(document, 2, 'authPassword', 'new').text,
    text.replace('1002</name>', '1002</name><authPassword>new</authPassword>'),
  );
  assert.throws(() => setLineText(document, 3, 'authPassword', 'x'), /a line of the file.*"3"/);
});

test('what is missing of a path is made', () => {
  assert.equal(
    setTextAt(document, 'devicePool/dateTimeSetting/timeZone', 'GMT Standard Time').text,
    text.replace(
      '</device>',
      '  <devicePool>\r\n    <dateTimeSetting>\r\n' +
        '      <timeZone>GMT Standard Time</timeZone>\r\n' +
        '    </dateTimeSetting>\r\n  </devicePool>\r\n</device>',
    ),
  );
  const labelled = setTextAt(document, 'sipProfile/phoneLabel', 'Hall').text;
  assert.equal(
    labelled,
    text.replace('  </sipProfile>', '    <phoneLabel>Hall</phoneLabel>\r\n  </sipProfile>'),
  );
});
