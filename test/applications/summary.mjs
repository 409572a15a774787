/** What the processes of one application have told. */
import {apart, disagreement} from './compare.mjs';
import {contestants} from './contestants.mjs';

/**
 * @param {Record<string, (import('./contestants.mjs').Result | {failure: string})[]>} results by contestant, of each round
 * @returns {Summary}
 *
 * @typedef {object} Summary
 * @property {string} application
 * @property {Record<string, number | undefined>} milliseconds by contestant, of processor time; of the one with threads, whose
 *   processor time says nothing, of wall time. The median of the rounds
 * @property {number} share of the wall time that mnist-wasm on one thread had a processor: 1 on an idle machine
 * @property {boolean} isSingleRun whether tfjs-backend-cpu was measured by one run, without a warm-up
 * @property {string | undefined} reference the official backend that mnist-wasm is compared with: the fastest that runs it
 * @property {string[]} answers
 * @property {number} apart mnist-wasm from the reference, on any number of threads
 * @property {number | undefined} officialApart tfjs-backend-wasm from tfjs-backend-cpu
 * @property {string[]} failures
 * @property {boolean} isRight
 */
export function summarize(application, results) {
  const sound = (name) => (results[name] ?? []).filter(({failure}) => failure === undefined);
  const failures = Object.entries(results).flatMap(([name, all]) =>
    all.flatMap(({failure}) => (failure ? [`${contestants[name].title}: ${failure}`] : [])),
  );
  const reference = ['wasm', 'cpu'].find((name) => sound(name).length > 0);
  const expected = reference && sound(reference)[0];
  const ours = [...(results.ours ?? []), ...(results.threads ?? [])];
  const wrong = ours.map((result) => result.failure ?? (expected && disagreement(result, expected)));
  const values = (name) => sound(name)[0]?.values;
  return {
    application,
    milliseconds: Object.fromEntries(
      Object.keys(results).map((name) => [
        name,
        medianOf(sound(name), name === 'threads' ? 'milliseconds' : 'processor'),
      ]),
    ),
    share: medianOf(sound('ours'), 'processor') / medianOf(sound('ours'), 'milliseconds'),
    isSingleRun: sound('cpu').some(({runs}) => runs === 1),
    reference,
    answers: expected?.answers ?? [],
    apart: Math.max(
      ...ours.map((result) => (result.failure || !expected ? NaN : apart(result.values, expected.values))),
    ),
    officialApart: values('wasm') && values('cpu') ? apart(values('wasm'), values('cpu')) : undefined,
    failures: [
      ...failures,
      ...wrong.filter((text) => text !== undefined && !failures.some((each) => each.includes(text))),
    ],
    isRight: expected !== undefined && wrong.every((text) => text === undefined),
  };
}

function medianOf(results, kind) {
  const times = results.map((result) => result[kind]).sort((a, b) => a - b);
  return times.length === 0 ? undefined : (times[(times.length - 1) >> 1] + times[times.length >> 1]) / 2;
}
