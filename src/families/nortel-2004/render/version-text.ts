const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const length = 6;
const mostDigits = 999_999;
const most = alphabet.length ** length;

/**
 * The six-digit VERSION that comes so many changes after `base`: always greater to the phone, which
 * compares alphanumerically (NN42020-202, section 3). Decimal as long as that goes, then with letters
 * in the order of ASCII.
 */
export function versionAfter(base: string, changes: number): string {
  if (/^\d{1,6}$/.test(base)) {
    const next = Number(base) + changes;
    if (next <= mostDigits) return String(next).padStart(length, '0');
    return written(numberOf('999999') + next - mostDigits);
  }
  return written(numberOf(base) + changes);
}

/** Characters that are none of it count as the lowest. */
function numberOf(text: string): number {
  const digits = Array.from(text.padEnd(length, '0').slice(0, length));
  return digits.reduce(
    (sum, digit) => sum * alphabet.length + Math.max(0, alphabet.indexOf(digit)),
    0,
  );
}

function written(number: number): string {
  let left = Math.min(number, most - 1);
  let text = '';
  for (let at = 0; at < length; at++) {
    text = (alphabet[left % alphabet.length] ?? '0') + text;
    left = Math.floor(left / alphabet.length);
  }
  return text;
}
