import {appendFile} from 'node:fs/promises';
import path from 'node:path';
import {assertGiven, assertText, misfit} from '../shared/given.js';
import {makeFolder} from '../shared/make-folder.js';
import {scalarRecord, versionRecord} from './event-record.js';

let files = 0;

/**
 * A file of events that TensorBoard reads: curves of numbers. It is made by the first flush. Where the process is killed,
 * the file has all up to the last flush.
 */
export class EventFile {
  /** Its path. */
  readonly file: string;
  private unwritten: Uint8Array[];
  private writing: Promise<void> = Promise.resolve();

  /** @param folder is made where it is missing. TensorBoard takes it for a run. */
  constructor(folder: string) {
    assertText('folder', 'the path of a folder', folder);
    const now = Date.now();
    // TensorBoard reads the files of a folder by their names: those of a run that went on come after its first.
    const name = `events.out.tfevents.${Math.floor(now / 1000)}.mnist-wasm.${process.pid}.${files++}`;
    this.file = path.join(folder, name);
    this.unwritten = [versionRecord(now / 1000)];
  }

  /**
   * Adds a point to a curve; `flush` writes it.
   *
   * @param tag the curve's name
   * @throws RangeError where the step is no whole number
   */
  scalar(tag: string, value: number, step: number): void {
    assertText('tag', "a curve's name", tag);
    assertGiven(typeof value === 'number', 'value', 'a number', value);
    if (!Number.isSafeInteger(step)) throw new RangeError(misfit('step', 'a whole number', step));
    this.unwritten.push(scalarRecord({tag, value, step, time: Date.now() / 1000}));
  }

  /** Writes what was added. @throws what the file system says: what could not be written is kept for the next flush. */
  flush(): Promise<void> {
    // One after another, or a second would write what the first has not written yet.
    this.writing = this.writing.catch(() => {}).then(() => this.write());
    return this.writing;
  }

  private async write(): Promise<void> {
    const records = this.unwritten;
    if (records.length === 0) return;
    await makeFolder(path.dirname(this.file));
    await appendFile(this.file, Buffer.concat(records));
    this.unwritten = this.unwritten.slice(records.length);
  }
}

/**
 * Files of events in a folder, one for each of its runs: what `TensorBoard` of mnist-wasm/training writes to.
 * `tensorboard --logdir <folder>` shows them.
 *
 * @returns a function that makes the file of a run, in the folder of that name in it.
 *
 * @example
 * await model.fit(xs, ys, {callbacks: [new TensorBoard(eventFiles('logs/lenet'))]});
 */
export function eventFiles(folder: string): (run: string) => EventFile {
  assertText('folder', 'the path of a folder', folder);
  return (run) => new EventFile(path.join(folder, run));
}
