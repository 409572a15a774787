import {dispose, getBackend, setBackend, type Tensor, tensor} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {startBackend} from './backends';
import type {BackendInfo, BackendName} from './types';

/**
 * Makes a backend the active one and brings a model's weights to it.
 * @throws Error where the backend does not start or has no room for them; then the one before is active, and the model
 *   is as it was.
 */
export async function switchBackend(model: LayersModel | undefined, name: BackendName): Promise<BackendInfo> {
  const before = getBackend();
  const weights = model?.weights ?? [];
  // Read before the other starts, without holding up the thread where a graphics processor has them.
  const values = await Promise.all(weights.map((weight) => weight.read().data()));
  const info = await startBackend(name);
  const moved: Tensor[] = [];
  try {
    for (const [i, weight] of weights.entries()) {
      const {shape, dtype} = weight.read();
      moved.push(tensor(values[i], shape, dtype as 'float32'));
    }
  } catch (error) {
    dispose(moved);
    if (before) await setBackend(before);
    throw error;
  }
  for (const [i, weight] of weights.entries()) weight.write(moved[i]);
  dispose(moved);
  return info;
}
