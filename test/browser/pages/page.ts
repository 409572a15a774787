/** The page's first script: connects to the server, loads one suite and runs it. Small, so that it cannot well fail. */
import type {Job} from './job';
import {connect, describeFailure, type Tell} from './tell';

interface Suite {
  run(job: Job, tell: Tell): Promise<void>;
}

const suites: Record<Job['suite'], () => Promise<Suite>> = {
  parity: () => import('./parity'),
  training: () => import('./training'),
  conformance: () => import('./conformance.mjs'),
  digest: () => import('../../digest/page'),
};

const job = JSON.parse(new URLSearchParams(location.search).get('job') as string) as Job;
const tell = await connect(job.id);
addEventListener('securitypolicyviolation', ({effectiveDirective, blockedURI}) =>
  tell({event: 'stray', name: "the page's policy", message: `${effectiveDirective} refused ${blockedURI}`}),
);
try {
  await (await suites[job.suite]()).run(job, tell);
} catch (error) {
  tell({event: 'stray', name: `the suite ${job.suite}`, ...describeFailure(error)});
}
tell({event: 'end'});
