/**
 * To be given to Node by `--import`: from here on there is one tfjs-core in the process, as ES modules.
 */
import {register} from 'node:module';
import {coreUrl} from './suite.mjs';

register('./hooks.mjs', import.meta.url, {data: coreUrl});
