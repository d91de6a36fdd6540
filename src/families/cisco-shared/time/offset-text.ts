/** An offset from GMT as people write it: `GMT-03:30`. */
export function gmt(minutes: number): string {
  return minutes === 0 ? 'GMT' : `GMT${signed(minutes)}`;
}

/** `+05:30`, `-03:30`. */
export function signed(minutes: number): string {
  return `${minutes < 0 ? '-' : '+'}${clockTime(Math.abs(minutes), ':')}`;
}

/** Minutes as hours and minutes of two digits each. */
export function clockTime(minutes: number, between: string): string {
  return `${two(Math.floor(minutes / 60))}${between}${two(minutes % 60)}`;
}

export function two(value: number): string {
  return String(value).padStart(2, '0');
}
