/** Blocks of an eighth, two eighths ... of a character's width. */
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/**
 * A bar of up to `width` characters, exact to an eighth of one; what is more than nothing is at least an eighth.
 *
 * @param share 0 to 1.
 */
export function bar(share: number, width: number): string {
  const eighths = share > 0 ? Math.max(1, Math.round(Math.min(1, share) * width * 8)) : 0;
  return '█'.repeat(eighths >> 3) + EIGHTHS[eighths & 7];
}
