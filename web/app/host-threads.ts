import type {ThreadMessage} from '../lab/request-thread';

/** Starts the threads that a worker asks for, and ends them with it. Other messages pass. */
export function hostThreads(worker: Worker): Worker {
  const threads: Worker[] = [];
  worker.addEventListener('message', (event: MessageEvent<Partial<ThreadMessage> | null>) => {
    const request = event.data?.startThread;
    if (!request) return;
    // Whoever listens to the worker for anything else comes later.
    event.stopImmediatePropagation();
    const url = URL.createObjectURL(new Blob([request.source], {type: 'text/javascript'}));
    const thread = new Worker(url);
    thread.postMessage(request.message);
    threads.push(thread);
  });
  const terminate = worker.terminate.bind(worker);
  worker.terminate = () => {
    terminate();
    for (const thread of threads) thread.terminate();
  };
  return worker;
}
