/** The suite `digest` of test/browser's pages: tells each digest. */
import type {Job} from '../browser/pages/job';
import type {Tell} from '../browser/pages/tell';
import {digests, type Settings} from './digest';

export async function run(job: Job, tell: Tell): Promise<void> {
  for await (const digest of digests(job.digest as Settings)) await tell({event: 'digest', digest});
}
