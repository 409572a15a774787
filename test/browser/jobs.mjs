/** What there is to run: a job is a page in a browser, with one suite at one level, or on tfjs-backend-cpu. */
import {BROWSERS} from './open.mjs';

export const SUITES = ['parity', 'training', 'conformance'];

/** The longest first: two run at a time. */
export function planJobs({browsers, suites, levels, filter}) {
  const ordered = SUITES.filter((suite) => suites.includes(suite)).reverse();
  const plan = ordered.flatMap((suite) => browsers.flatMap((browser) => jobsOf(browser, suite, levels)));
  return plan.map((job, i) => ({...job, id: String(i), filter, best: BROWSERS[job.browser].levels[0]}));
}

function jobsOf(browser, suite, levels) {
  const ours = BROWSERS[browser].levels
    .filter((level) => levels.includes(level))
    // One level with threads, the other as in a page that gets no shared memory.
    .map((level) => ({browser, suite, backend: 'mnist-wasm', level, isolated: level === 'relaxed'}));
  // What fails on tfjs-backend-cpu in the same browser is no fault of this one.
  return suite === 'conformance' && ours.length > 0 ? [{browser, suite, backend: 'cpu'}, ...ours] : ours;
}
