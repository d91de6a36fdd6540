/** What authors of examples write where the reader is to put something in. */
const placeholders: readonly RegExp[] = [
  /\{\$.*\}|\{\{.*\}\}|\$\{.*\}/,
  /%%\w+%%/,
  /^([xyzXYZ])(\.\1){3}$|^xxx(\.xxx){3}$|^XXX(\.XXX){3}$/,
  /\*{3,}/,
  /^(your|YOUR|Your)[ _-]?[A-Za-z]+([ _-][A-Za-z]+)*$/,
  /^#\w+#$/,
  /^\$[A-Z][A-Z_]+$/,
  /\b([Gg]oes|GOES|[Aa]ddress|ADDRESS) (here|HERE)\b/,
  /^(server ?ip|ip ?address|mac ?address|change ?me)$|^(SERVER ?IP|IP ?ADDRESS|MAC ?ADDRESS|CHANGE ?ME|TIME ZONE|IP PABX)$/,
  /^<.*>$|^\[[A-Z _-]+\]$/,
  /^(HOST|NUMBER|SECRET|PEERNAME|USERNAME|PASSWORD|EXTENSION)$/,
  /^(?=.*[ _])[A-Z][A-Z _-]*\b(IP|USER NAME|DISPLAY NAME|PASSWORD|EXTENSION)\b[A-Z _-]*$/,
];

/** What one at least of these signs is in; a quick no for nearly all values. */
const suspect =
  /[{}$%#<>[\]]|\*{3}|[A-Z]{4}|[A-Z]{2} [A-Z]{2}|^[xyz]|^your|here$|^(?:server|ip|mac|change|time) ?/;

/** Whether a value stands for one that somebody forgot to fill in. */
export function isPlaceholder(value: string): boolean {
  return suspect.test(value) && placeholders.some((pattern) => pattern.test(value));
}
