/** What a page's results and a server's account must be; each function returns what is wrong, in words. */

const TRAINING = ['page', 'worker', 'component', 'route'];

/**
 * @param {Record<string, any>} results by the name of the task
 * @param {string[]} tasks that were to be done
 * @param {(task: string) => number | undefined} threadsOf a task, which are to compute in the end
 */
export function wrongResults(results, tasks, threadsOf) {
  return tasks.flatMap((task) => {
    const result = results[task];
    if (result === undefined) return [`${task}: no result`];
    if (result.error) return [`${task}: ${result.error}`];
    const wrong = TRAINING.includes(task) ? wrongTraining(result, threadsOf(task)) : wrongKeras(result);
    return wrong.length > 0 ? [`${task}: ${wrong.join(', ')}: ${JSON.stringify(result)}`] : [];
  });
}

function wrongTraining({backend, level, threads, lossBefore, lossAfter, accuracy, probabilities}, expectedThreads) {
  const sum = probabilities.reduce((a, b) => a + b, 0);
  return failed({
    'another backend': backend === 'mnist-wasm',
    'no feature level': ['simd', 'relaxed'].includes(level),
    [`not ${expectedThreads} threads`]: expectedThreads === undefined || threads === expectedThreads,
    'the loss does not fall to half': lossAfter < lossBefore / 2,
    'the accuracy is below 70 %': accuracy > 0.7,
    'the prediction is not ten probabilities': probabilities.length === 10 && Math.abs(sum - 1) < 1e-5,
  });
}

function wrongKeras({bytes, saved, loaded}) {
  return failed({
    'the file is empty': bytes > 0,
    'the prediction is not three numbers': saved.length === 3 && saved.every(Number.isFinite),
    'the loaded model predicts otherwise': saved.every((value, i) => value === loaded[i]),
  });
}

const failed = (checks) => Object.keys(checks).filter((name) => !checks[name]);

/** Violations of the policy, and requests that were not answered with what was asked for. */
export function wrongTraffic({requests, violations}) {
  const refused = requests
    .filter(({status}) => status >= 400)
    .map(({path, status}) => `${path} is answered with ${status}`);
  return [...violations, ...refused];
}

/** Where the policy refuses threads: it reports each, browsers may say so too, and this package warns once. */
export function wrongRefusal(problems, {violations}) {
  const warnings = problems.filter((text) => text.startsWith('the console, warn:'));
  return [
    ...failed({
      [`not one warning with the policy as the reason: ${warnings.join('; ')}`]:
        warnings.length === 1 && /mnist-wasm: a thread .*Content-Security-Policy.* 1 of \d+ threads/.test(warnings[0]),
      'no violation was reported': violations.length > 0,
    }),
    ...violations.filter((text) => !/^worker-src forbids blob/.test(text)),
    ...problems.filter((text) => !warnings.includes(text) && !/Content.Security.Policy/i.test(text)),
  ];
}

/** The control page must be caught at all that it does. */
export function missedInControl(results, {requests, violations}) {
  const reported = (pattern) => violations.filter((text) => pattern.test(text)).length;
  return failed({
    'new Function was allowed on the page': results.page === false,
    'new Function was allowed in a worker': results.worker === false,
    'the two violations were not reported': reported(/^script-src .*eval/) === 2,
    'a request to another host was not reported': reported(/^(connect|default)-src .*example\.org/) === 1,
    'a missing file was not noticed': requests.some(({path, status}) => path === '/not-there' && status === 404),
  });
}
