import colors from 'picocolors';
import {progress} from '../common/node/progress-line';
import type {Milliseconds} from './peers/peer';
import {formatMilliseconds} from './report/format';

/** Tells on the standard error stream what runs, and what each finished case took. */
export class Progress {
  private finished = 0;

  constructor(private readonly total: number) {}

  started(title: string): void {
    progress(`${this.finished + 1}/${this.total} ${title}`);
  }

  done(title: string, milliseconds: Milliseconds): void {
    this.finished++;
    const times = Object.entries(milliseconds).map(([column, ms]) => `${column} ${formatMilliseconds(ms)}`);
    progress('');
    console.error(colors.dim(`${this.finished}/${this.total} ${title}: ${times.join(', ')} ms`));
  }
}
