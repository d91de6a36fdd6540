/** The lines of a setting with several, written with line ends or semicolons; quotes protect. */
export function settingLines(value: string): readonly string[] {
  const lines = value.match(/(?:"[^"]*"|[^;\r\n"]|")+/g) ?? [];
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}

/** The words of a line; quotes hold blanks together and are taken away. */
export function wordsOf(line: string): readonly string[] {
  const words = line.match(/(?:"[^"]*"|[^\s"]|")+/g) ?? [];
  return words.map((word) => word.replaceAll('"', ''));
}
