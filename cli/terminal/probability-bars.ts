import pc from 'picocolors';
import {percent} from '../../common/format';
import {argMax} from '../../common/statistics';
import {bar} from './bar';

const WIDTH = 50;

/**
 * A line for each class: its number, a bar, its probability; the likeliest is emphasised, in colour where the terminal
 * has it and NO_COLOR is not set.
 */
export function probabilityBars(probabilities: Float32Array): string {
  const most = argMax(probabilities);
  const lines = Array.from(probabilities, (value, digit) => {
    const first = digit === most;
    const drawn = bar(value, WIDTH).padEnd(WIDTH);
    const line = `${first ? '>' : ' '} ${digit}  ${first ? pc.green(drawn) : drawn}  ${percent(value).padStart(8)}`;
    return first ? pc.bold(line) : line;
  });
  return lines.join('\n');
}
