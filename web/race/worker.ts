/** The thread of one competitor: takes one task, reports, and is ended by who started it. */
import {compete} from './compete';
import type {Task} from './types';

self.onmessage = ({data}: MessageEvent<Task>) => compete(data, (report) => self.postMessage(report));
