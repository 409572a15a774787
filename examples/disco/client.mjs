/** One participant in a process of its own, which run.mjs starts: trains on its shard, and reports each round. */
import {once} from 'node:events';
import {async_iterator as asyncIterator, Disco, Validator} from '@epfml/discojs';
import {useBackend} from './backend.mjs';
import {loadShard} from './shard.mjs';
import {mnistTask} from './task.mjs';

const {url, ...settings} = JSON.parse(process.argv[2]);
process.on('disconnect', () => process.exit());
const quiet = {success() {}, error: (message) => console.error(message)};

await useBackend(settings.backend, settings.seed + 1 + settings.client);
const {train, test, description} = await loadShard(settings).catch(giveUp);
process.send({type: 'loaded', description});

const task = mnistTask(settings).getTask();
const disco = new Disco(task, new URL(url), {logger: quiet});
await trainRounds();
process.send({type: 'finished', ...(await evaluate())});
// A peer that leaves earlier takes its connections from those that still wait for its last message.
await once(process, 'message');
await disco.close();
process.exit();

/** DISCO trains while its generators are read; the step to the next round is the exchange of weights. */
async function trainRounds() {
  const rounds = disco.train(['image', train]);
  let step = await rounds.next();
  for (let round = 1; !step.done; round++) {
    const started = Date.now();
    const [epochs, logs] = asyncIterator.split(step.value);
    for await (const batches of epochs) for await (const _ of batches);
    const last = (await logs).epochs.last();
    const trained = Date.now();
    process.send({type: 'trained', round});
    step = await rounds.next();
    const times = {started, trained, exchanged: Date.now()};
    process.send({type: 'round', round, ...times, loss: last.training.loss, accuracy: last.validation.accuracy});
  }
}

/** What is wrong with the data is for the person at the command line, without a stack. */
async function giveUp({message}) {
  await new Promise((sent) => process.send({type: 'failed', reason: message}, sent));
  process.exit(1);
}

async function evaluate() {
  const {model} = disco.trainer;
  let right = 0;
  for await (const correct of new Validator(task, model).test(['image', test])) right += Number(correct);
  const weights = await Promise.all(model.weights.weights.map((tensor) => tensor.data()));
  return {right, weights};
}
