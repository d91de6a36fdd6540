import { decodeXml, type XmlElement } from '../../../codec/config/xml.ts';
import { CodecError } from '../../../wire/codec-error.ts';
import type { Rule } from '../../shared/lint/rule.ts';

/** Java phones give every file that is no firmware this room. */
export const mostBytes = 550_001;

/** A text file before anything is known of what it says. */
export type Content = {
  readonly size: number;
  /** Why it is no XML. */
  readonly fault: CodecError | undefined;
};

const tooLarge: Rule<Content> = {
  code: 'file-too-large',
  severity: 'error',
  title: `File of more than ${mostBytes} bytes`,
  consequence: 'The phone stops the transfer: "TFTP size error".',
  cure: 'Make the file smaller.',
  check({ size }, report) {
    if (size > mostBytes) report({ text: `${size} bytes; phones take ${mostBytes}` });
  },
};

const malformed: Rule<Content> = {
  code: 'xml-malformed',
  severity: 'error',
  title: 'File that is no well-formed XML',
  consequence: 'The phone reads nothing of the file and keeps what it had, or its defaults.',
  cure: 'Mend the place; xmllint --noout says when it is well-formed.',
  check({ fault }, report) {
    if (!fault) return;
    const [, line = '1', column = '1'] = /line (\d+), column (\d+)/.exec(fault.message) ?? [];
    const { claimed, actual } = fault.fault;
    const text = `${claimed} was expected, not ${actual}`;
    report({ text, line: Number(line), column: Number(column) });
  },
};

export const contentRules: readonly Rule<Content>[] = [tooLarge, malformed];

/** Reads XML, or returns why it is none. */
export function readXml(text: string): XmlElement | CodecError {
  try {
    return decodeXml(text);
  } catch (error) {
    if (error instanceof CodecError) return error;
    throw error;
  }
}

/** Names of files that phones ask for and that cannot be anything else. */
export function isPhoneXml(name: string, text: string): boolean {
  return (
    /^(dialplan|(distinctive)?ringlist|syncinfo|soft-?keys?|appdialrules|featurepolicy|wlan).*\.xml$/i.test(
      name,
    ) || /<(DIALTEMPLATE|CiscoIPPhone|SYNCINFO|softKeyCfg)/i.test(text)
  );
}
