/** From the results of a browser's pages to what is told of them. */
import {knownSpecs} from '../conformance/suite.mjs';
import {report} from '../specs/report.mjs';
import {BROWSERS} from './open.mjs';

/** Failed specs of a page that are printed. */
const SHOWN = 50;

/**
 * Prints the results of a suite in a browser, and judges them.
 *
 * @returns the results on this backend, without the failures that tfjs-backend-cpu has too, in the same browser; and that
 * of tfjs-backend-cpu with what went wrong outside the specs alone, for nothing can be compared with it then.
 */
export function judgeSuite(results) {
  const baseline = results.find(({backend}) => backend === 'cpu');
  const judged = results.map((result) => {
    if (result === baseline) return {...result, passed: 0, failed: 0, failures: []};
    return baseline ? compare(result, baseline) : result;
  });
  results.forEach((result, i) => {
    const shown = result === baseline ? result : judged[i];
    report(titleOf(result), shown, SHOWN);
  });
  return judged;
}

function titleOf({browser, version, suite, backend, level}) {
  return `${BROWSERS[browser].title} ${version} ${suite} ${backend === 'cpu' ? 'on tfjs-backend-cpu' : level}`;
}

function compare(result, baseline) {
  const left = new Map();
  for (const {where} of baseline.failures) left.set(where, (left.get(where) ?? 0) + 1);
  const failures = result.failures.filter(({where}) => {
    const known = left.get(where) ?? 0;
    left.set(where, known - 1);
    return known <= 0;
  });
  const shared = result.failed - failures.length;
  return {
    ...result,
    failed: failures.length,
    failures,
    errors: [...result.errors, ...compareCounts(result, baseline)],
    note: shared > 0 ? `, ${shared} fail on tfjs-backend-cpu too` : '',
  };
}

/** A set-up that loses specs fails. */
function compareCounts({browser, discovered, errors}, baseline) {
  if (errors.length > 0 || baseline.errors.length > 0) return [];
  const {[browser]: known = discovered, forCpuAlone = 0} = knownSpecs;
  const onCpu = baseline.discovered - forCpuAlone;
  if (discovered === known && discovered === onCpu) return [];
  const message = `${discovered} were discovered, ${known} are known, ${onCpu} have been on tfjs-backend-cpu`;
  return [{where: 'counting the specs', message}];
}
