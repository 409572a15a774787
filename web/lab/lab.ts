import {startBackend} from './backends';
import type {BackendInfo, BackendName} from './types';

/** What the page can ask of its worker: one data set, one model, one training at a time. */
export class Lab {
  useBackend(name: BackendName): Promise<BackendInfo> {
    return startBackend(name);
  }
}
