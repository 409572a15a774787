/** The page's side of its worker. */
import {type Remote, wrap} from 'comlink';
import type {Lab} from '../lab/lab';

export const lab: Remote<Lab> = wrap<Lab>(new Worker(new URL('../lab/worker.ts', import.meta.url), {type: 'module'}));
