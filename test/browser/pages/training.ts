/** The suite `training`: LeNet learns, in the page and in a Web Worker. */
import type {FeatureLevel} from 'mnist-wasm';
import type {Job} from './job';
import {type Trained, trainLenet} from './lenet';
import {check, runSpecs, type Spec} from './specs';
import type {Tell} from './tell';
import type {Answer} from './training-worker';

const ACCURACY = 0.95;

export function run({level, filter}: Job, tell: Tell): Promise<void> {
  check(level !== undefined, 'no feature level is given');
  let inPage: Trained;
  const specs: Spec[] = [
    {
      name: `LeNet trains in the page, level ${level}`,
      body: async () => {
        inPage = await trainLenet(level);
        checkTrained(inPage);
      },
    },
    {
      name: `LeNet trains in a worker, level ${level}, to the same bits`,
      body: async () => {
        const inWorker = await trainInWorker(level);
        checkTrained(inWorker);
        inPage ??= await trainLenet(level);
        const [worker, page] = [inWorker, inPage].map((trained) => JSON.stringify(trained));
        check(worker === page, `in the worker ${worker}, in the page ${page}`);
      },
    },
    {
      name: `LeNet trains on one thread, level ${level}, to the same bits`,
      body: async () => {
        const onOne = await trainLenet(level, 1);
        inPage ??= await trainLenet(level);
        const [one, page] = [onOne, inPage].map((trained) => JSON.stringify(trained));
        check(one === page, `on one thread ${one}, in the page ${page}`);
      },
    },
  ];
  return runSpecs('training', specs, filter, tell);
}

function checkTrained({losses, accuracy}: Trained): void {
  const told = `accuracy ${accuracy}, losses ${losses.join(', ')}`;
  check(losses[losses.length - 1] < losses[0], `the loss does not fall: ${told}`);
  check(accuracy > ACCURACY, `more than ${ACCURACY} was expected: ${told}`);
}

async function trainInWorker(level: FeatureLevel): Promise<Trained> {
  const worker = new Worker('training-worker.js', {type: 'module'});
  try {
    const answer = await new Promise<Answer>((resolve, reject) => {
      worker.onmessage = ({data}) => resolve(data);
      worker.onerror = ({message}) => reject(new Error(`the worker failed: ${message || 'it did not load'}`));
      worker.postMessage(level);
    });
    if ('failure' in answer) throw new Error(`in the worker: ${answer.failure.message}`);
    return answer.trained;
  } finally {
    worker.terminate();
  }
}
