import type {RegisterOptions, ThreadRequest} from 'mnist-wasm';

/** What a worker posts to its page, which starts the thread: web/app/host-threads.ts. */
export interface ThreadMessage {
  startThread: ThreadRequest;
}

/** Asks the page for a thread; undefined where nobody would listen, as in Node. */
export const requestThread: RegisterOptions['startThread'] =
  'DedicatedWorkerGlobalScope' in globalThis
    ? (startThread) => self.postMessage({startThread} satisfies ThreadMessage)
    : undefined;
