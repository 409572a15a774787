/** The page's side of its worker. */
import {type Remote, wrap} from 'comlink';
import type {Lab} from '../lab/lab';
import {hostThreads} from './host-threads';

const worker = new Worker(new URL('../lab/worker.ts', import.meta.url), {type: 'module'});
export const lab: Remote<Lab> = wrap<Lab>(hostThreads(worker));
