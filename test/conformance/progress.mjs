/**
 * How far a run of many processes is: a bar where the stream is a terminal, a line now and then elsewhere.
 */
import cliProgress from 'cli-progress';

/** Milliseconds between two lines where no bar can be drawn. */
const PLAIN_EVERY = 15_000;

/** @returns what to call with the number of files done and the tally so far, and what to call at the end. */
export function startProgress(title, files, stream = process.stderr) {
  return stream.isTTY ? bar(title, files, stream) : lines(title, files, stream);
}

function bar(title, files, stream) {
  const format = `${title} {bar} {value}/{total} files, {passed} passed, {failed} failed`;
  const shown = new cliProgress.SingleBar({stream, format, barsize: 20, clearOnComplete: true});
  shown.start(files, 0, {passed: 0, failed: 0});
  return {
    update: (done, {passed, failed}) => shown.update(done, {passed, failed}),
    stop: () => shown.stop(),
  };
}

function lines(title, files, stream) {
  let due = performance.now() + PLAIN_EVERY;
  const update = (done, {passed, failed}) => {
    if (performance.now() < due) return;
    due = performance.now() + PLAIN_EVERY;
    stream.write(`${title} ${done}/${files} files, ${passed} passed, ${failed} failed\n`);
  };
  return {update, stop() {}};
}
