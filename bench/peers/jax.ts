import {setBackend} from '@tensorflow/tfjs-core';
import {channelsFirst, findModel, type ModelCase} from '../models';
import {flopsOf, type LayerPlan, planOf} from '../models/plan';
import {medianInChild} from './child';
import {findPackage} from './installed';
import {canRun} from './jax-model';
import type {Milliseconds, Peer} from './peer';

/** What its convolutions did a second when this was written, and how many seconds a call may take. */
const CONVOLUTION_FLOPS = 0.3e9;
const MAX_SECONDS = 10;
/** Compiling included. */
const TIMEOUT_MS = 120_000;

/** jax-js on its WebAssembly device, which trains too. */
export function jaxPeer(): Peer {
  const name = 'jax-js';
  return {
    name,
    columns: [name],
    find: async () => findPackage('@jax-js/jax'),
    async benchModel(modelCase): Promise<Milliseconds> {
      const {model, task, batch, optimizer = 'adam'} = modelCase;
      const plan = await planOfModel(model);
      if (!canRun(plan, task) || secondsOf(plan, modelCase) > MAX_SECONDS) return {};
      const shape = [batch, ...channelsFirst(findModel(model))].join(',');
      return {[name]: await medianInChild('jax-child', [JSON.stringify(plan), task, shape, optimizer], TIMEOUT_MS)};
    },
  };
}

async function planOfModel(name: string): Promise<LayerPlan[]> {
  await setBackend('cpu');
  const model = findModel(name).create();
  const plan = planOf(model);
  model.dispose();
  return plan;
}

/** What convolutions would take: a training step does them three times. */
function secondsOf(plan: readonly LayerPlan[], {task, batch}: ModelCase): number {
  const flops = plan.reduce((sum, layer) => sum + (layer.type === 'convolution' ? flopsOf(layer) : 0), 0);
  return ((task === 'inference' ? 1 : 3) * batch * flops) / CONVOLUTION_FLOPS;
}
