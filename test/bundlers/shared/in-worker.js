/** @returns what training in a worker of its own gave. */
export function trainInWorker() {
  const worker = new Worker(new URL('./worker.js', import.meta.url), {type: 'module'});
  return new Promise((resolve, reject) => {
    worker.onmessage = ({data}) => resolve(data);
    worker.onerror = ({message}) => reject(new Error(`the worker: ${message ?? 'could not be loaded'}`));
    worker.postMessage('train');
  });
}
