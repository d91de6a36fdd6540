const hidden = '********';

// `line1_password: "…"`, to the end of the line; `<authPassword>…</authPassword>`, over lines.
const inLines = /^([ \t]*[\w.]*(?:password|secret)\w*[ \t]*[:=][ \t]*)(\S.*)$/gim;
const inElements = /(<[\w.:]*(?:password|secret)[\w.]*(?:\s[^>]*)?>)([^<]+)(?=<)/gi;

/** A configuration file whose passwords nobody may see, with the lines where they were. */
export function maskedText(text: string): string {
  return text
    .replace(inElements, (_, tag: string, value: string) => tag + maskedLines(value))
    .replace(inLines, (line, key: string, value: string) =>
      /^(""|;|#)/.test(value) ? line : `${key}${hidden}`,
    );
}

function maskedLines(value: string): string {
  return value.replace(/\S(?:.*\S)?/g, hidden);
}
