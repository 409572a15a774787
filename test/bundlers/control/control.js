/**
 * Does what no fixture may do: makes code of text, on the page and in a worker, asks for what is not there, and asks
 * another host, which the policy stops before anything is sent.
 */
import {show} from './show.js';

const allowed = () => {
  try {
    new Function('');
    return true;
  } catch {
    return false;
  }
};
const inWorker = () =>
  new Promise((resolve, reject) => {
    const worker = new Worker('/control-worker.js', {type: 'module'});
    worker.onmessage = ({data}) => resolve(data);
    worker.onerror = () => reject(new Error('the worker could not be loaded'));
  });

await fetch('/not-there');
await fetch('https://example.org/').catch(() => {});
show({page: allowed, worker: inWorker});
