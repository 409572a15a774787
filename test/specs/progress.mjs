/**
 * How far a run of many processes or pages is: a bar where the stream is a terminal, a line now and then elsewhere.
 */
import cliProgress from 'cli-progress';

/** Milliseconds between two lines where no bar can be drawn. */
const PLAIN_EVERY = 15_000;

/**
 * @param units what there are `total` of.
 * @returns what to call with the number of units done and the tally so far, what to call before lines are
 * printed, and what to call at the end.
 */
export function startProgress(title, total, units, stream = process.stderr) {
  return stream.isTTY ? bar(title, total, units, stream) : lines(title, total, units, stream);
}

function bar(title, total, units, stream) {
  const format = `${title} {bar} {value}/{total} ${units}, {passed} passed, {failed} failed`;
  const shown = new cliProgress.SingleBar({stream, format, barsize: 20, clearOnComplete: true});
  shown.start(total, 0, {passed: 0, failed: 0});
  return {
    update: (done, {passed, failed}) => shown.update(done, {passed, failed}),
    clear() {
      stream.clearLine(0);
      stream.cursorTo(0);
    },
    stop: () => shown.stop(),
  };
}

function lines(title, total, units, stream) {
  let due = performance.now() + PLAIN_EVERY;
  const update = (done, {passed, failed}) => {
    if (performance.now() < due) return;
    due = performance.now() + PLAIN_EVERY;
    stream.write(`${title} ${done}/${total} ${units}, ${passed} passed, ${failed} failed\n`);
  };
  return {update, clear() {}, stop() {}};
}
