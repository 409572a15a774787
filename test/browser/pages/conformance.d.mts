import type {Job} from './job';
import type {Tell} from './tell';

export function run(job: Job, tell: Tell): Promise<void>;
