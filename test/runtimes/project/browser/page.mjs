/** Starts both workers, one after the other, and tells their reports to the server that the page comes from. */
import {failedReport} from '../suite.mjs';

const {id} = JSON.parse(new URLSearchParams(location.search).get('job'));
const socket = new WebSocket(`ws://${location.host}/tell?id=${id}`);
const tell = (message) => socket.send(JSON.stringify(message));

socket.onopen = async () => {
  for (const [kind, run] of Object.entries({worker: runInWorker, 'service worker': runInServiceWorker})) {
    try {
      tell({kind, report: await run()});
    } catch (error) {
      tell({kind, report: failedReport('starts', `${error?.message ?? error}`)});
    }
  }
};

function runInWorker() {
  // With the page's address, by which the server knows what the page may do.
  const worker = new Worker(`worker.js${location.search}`, {type: 'module'});
  return new Promise((resolve, reject) => {
    worker.onmessage = ({data}) => resolve(data);
    worker.onerror = ({message}) => reject(new Error(message || 'the worker could not be loaded'));
  });
}

async function runInServiceWorker() {
  const registration = await navigator.serviceWorker.register('service-worker.js', {type: 'module'});
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  await navigator.serviceWorker.ready;
  const {port1, port2} = new MessageChannel();
  worker.postMessage('run', [port2]);
  return new Promise((resolve) => {
    port1.onmessage = ({data}) => resolve(data);
  });
}
