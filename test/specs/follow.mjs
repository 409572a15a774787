/**
 * Takes in what a process or a page tells of its specs, message by message, and says what became of them, whatever ended
 * it.
 *
 * Each message has an `event`: `load` and `loadFailed` (a file), `discovered` (the number of specs), `start` and `spec` (a
 * spec begins, has a result), `stray` (something went wrong outside the specs), `end` (all is told).
 */
import {checkCounts, count, emptyTally, withResult} from './tally.mjs';

/** One that says nothing for so long hangs: it is several times what jasmine gives a spec. */
const SILENCE_LIMIT = 120_000;

/**
 * @param job {filter, backend}; tfjs-backend-cpu has the gradients that specs pin
 * @param stop ends the process or page; called when it has said nothing for too long.
 */
export function follow(job, stop) {
  const tally = emptyTally();
  let last = {};
  let silent = false;
  const watchdog = setTimeout(() => {
    silent = true;
    stop();
  }, SILENCE_LIMIT);
  return {
    tally,
    began: () => last.event !== undefined,
    ended: () => last.event === 'end',
    take(message) {
      watchdog.refresh();
      last = message;
      count(tally, message, job.backend !== 'cpu');
    },
    /**
     * To be called when it is over, once.
     *
     * @param who 'the process', 'the page'
     * @param how what ended it, as in 'ended early with ...'
     * @param details what else is known, if it ended early.
     */
    settle(who, how, details = '') {
      clearTimeout(watchdog);
      if (last.event === 'end') {
        checkCounts(tally, job);
        return tally;
      }
      const end = silent ? `said nothing for ${SILENCE_LIMIT / 1000} s and was ended` : `ended early with ${how}`;
      const left = tally.discovered > 0 ? `; specs without a result: ${tally.discovered - withResult(tally)}` : '';
      tally.errors.push({where: placeOf(last), message: `${who} ${end}${left}\n${details}`.trimEnd()});
      return tally;
    },
  };
}

/** What was done after this message. */
function placeOf({event, file, name}) {
  if (event === undefined) return 'at the start';
  if (event === 'load' || event === 'loadFailed') return `loading ${file}`;
  if (event === 'start') return `${file}: ${name}`;
  return event === 'spec' ? `after ${file}: ${name}` : 'between the suites';
}
