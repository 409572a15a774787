/** One page, from its start to its tally. */
import {follow} from '../specs/follow.mjs';
import {openPage} from './open.mjs';

/**
 * Opens the page of a job and hears it to its end.
 *
 * @param onProgress called with the tally after each message.
 * @returns the job with the browser's version, seconds and the tally.
 */
export async function runPage(job, server, onProgress) {
  const started = performance.now();
  let stop;
  const stopped = new Promise((resolve) => {
    stop = resolve;
  });
  const run = follow(job, () => stop('silence'));
  server.hear(job.id, {
    message(message) {
      run.take(message);
      onProgress(run.tally);
      if (message.event === 'end') stop('its end');
    },
    closed: () => stop('a lost connection: the page crashed or was left'),
  });
  const file = job.suite === 'conformance' ? 'conformance.html' : '';
  let page;
  let how;
  try {
    page = await openPage(job.browser, `${server.url}${file}?job=${encodeURIComponent(JSON.stringify(job))}`);
    how = await Promise.race([stopped, page.gone]);
  } catch ({message}) {
    how = `a failure to start the browser: ${message}`;
  }
  const tally = run.settle('the page', how);
  await page?.close();
  return {...job, version: page?.version ?? '', seconds: (performance.now() - started) / 1000, ...tally};
}
