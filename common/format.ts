/** Numbers for people, the same on a terminal and in the report, whatever the machine's language. */
const grouped = new Intl.NumberFormat('en-US', {maximumFractionDigits: 0});

export function count(value: number): string {
  return grouped.format(value);
}

export function percent(fraction: number, digits = 2): string {
  return `${(fraction * 100).toFixed(digits)} %`;
}

/** 0:07, 12:34, 1:02:03. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (parts[0] === 0) parts.shift();
  return parts.map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${clock(seconds)} ${seconds < 3600 ? 'min' : 'h'}`;
}

/** How many threads, in words. */
export function threadsInWords(threads: number): string {
  return threads === 1 ? 'one thread' : `${count(threads)} threads`;
}

/** A positive number to two figures or to its units: 0.052, 3.1, 47, 12,345. */
export function shortNumber(value: number): string {
  return value < 9.95 ? String(Number(value.toPrecision(2))) : count(value);
}

/** A small number to one figure, without an exponent: 0.00000003. */
export function plainNumber(value: number): string {
  return value.toFixed(Math.max(0, -Math.floor(Math.log10(value))));
}
