import {backend, type Optimizer} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {MnistWasmBackend} from '../../src/internal';

/**
 * Has an optimizer's updates, which are deferred, computed before it returns, as nothing would otherwise do before the next
 * step reads the weights; until the function that it returns is called.
 */
export function settleAfterUpdates(
  optimizer: Optimizer,
  model: LayersModel,
  {began, ended}: {began(): void; ended(): void},
): () => void {
  const {tensors} = backend() as MnistWasmBackend;
  const apply = optimizer.applyGradients.bind(optimizer);
  // By its name a profile knows it: UPDATE of groups.ts.
  optimizer.applyGradients = function updateAndSettle(gradients) {
    began();
    apply(gradients);
    for (const weight of model.trainableWeights) tensors.offset(weight.read());
    ended();
  };
  return () => {
    delete (optimizer as Partial<Optimizer>).applyGradients;
  };
}
