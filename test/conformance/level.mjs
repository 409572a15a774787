/**
 * The suite at one feature level: in one process, or each test file in its own.
 */
import {addTally, emptyTally} from '../specs/tally.mjs';
import {runProcess} from './process.mjs';

/** As many as the machines of CI have cores. */
const PROCESSES = 2;

/**
 * @param job {level, files, filter}: the specs with `filter` in their full names.
 * @param options {isolate, expected}: a process for each file or not; how many specs there must be, where it is known.
 * @param onProgress called with the number of files done and the tally so far.
 * @returns {level, seconds} and the tally.
 */
export async function runLevel(job, {isolate, expected}, onProgress = () => {}) {
  const started = performance.now();
  const tally = emptyTally();
  const batches = isolate ? job.files.map((file) => [file]) : [job.files];
  let done = 0;
  const takeBatches = async () => {
    for (let files = batches.shift(); files; files = batches.shift()) {
      addTally(tally, await runProcess({...job, files}));
      done += files.length;
      onProgress(done, tally);
    }
  };
  await Promise.all(Array.from({length: PROCESSES}, takeBatches));

  if (tally.errors.length === 0 && expected !== undefined && tally.discovered !== expected) {
    const message = `this tfjs-core has ${expected} specs, ${tally.discovered} were discovered`;
    tally.errors.push({where: 'counting the specs', message});
  }
  return {level: job.level, seconds: (performance.now() - started) / 1000, ...tally};
}
