import pc from 'picocolors';
import {percent} from '../../common/format';
import {argMax} from '../../common/statistics';
import {bar} from './bar';

const WIDTH = 50;

/**
 * A line for each class: its number, a bar, its probability; the likeliest is emphasised, in colour where the terminal
 * has it and NO_COLOR is not set.
 *
 * @param top only so many, the likeliest first; otherwise all by their numbers
 */
export function probabilityBars(probabilities: Float32Array, top?: number): string {
  const most = argMax(probabilities);
  const digits = Array.from(probabilities.keys());
  // The sort is stable: of two that are as likely, the smaller digit is first, as argMax has it.
  if (top !== undefined) digits.sort((a, b) => probabilities[b] - probabilities[a]);
  const lines = digits.slice(0, top).map((digit) => {
    const first = digit === most;
    const value = probabilities[digit];
    const drawn = bar(value, WIDTH).padEnd(WIDTH);
    const line = `${first ? '>' : ' '} ${digit}  ${first ? pc.green(drawn) : drawn}  ${percent(value).padStart(8)}`;
    return first ? pc.bold(line) : line;
  });
  return lines.join('\n');
}
