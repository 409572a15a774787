/** Runs many pages, two at a time, and hands their results over suite by suite. */
import {runPage} from './page.mjs';

/** As many as the machines of CI have cores. */
const PAGES = 2;

/**
 * @param jobs of planJobs.
 * @param onProgress called with the number of pages done, and the counts so far of those on this backend.
 * @param onSuite called with the results of all pages of a suite in a browser, as soon as they are there.
 */
export async function runPages(jobs, server, {onProgress, onSuite}) {
  const waiting = [...jobs];
  const results = new Map();
  const tallies = new Map();
  const takeJobs = async () => {
    for (let job = waiting.shift(); job; job = waiting.shift()) {
      const progress = (tally) => {
        if (job.backend !== 'cpu') tallies.set(job, tally);
        onProgress(results.size, sum([...tallies.values()]));
      };
      results.set(job, await runPage(job, server, progress));
      const suite = jobs.filter(({browser, suite}) => browser === job.browser && suite === job.suite);
      if (suite.every((one) => results.has(one))) onSuite(suite.map((one) => results.get(one)));
    }
  };
  await Promise.all(Array.from({length: PAGES}, takeJobs));
}

function sum(tallies) {
  const add = (key) => tallies.reduce((total, tally) => total + tally[key], 0);
  return {passed: add('passed'), failed: add('failed')};
}
