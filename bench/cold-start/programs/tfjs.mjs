import {io, setBackend, tensor} from '@tensorflow/tfjs-core';
import {loadLayersModel} from '@tensorflow/tfjs-layers';
import {finish, readArtifacts, readImage} from './task.mjs';

/** What an application of tfjs does on a backend that it has imported. */
export async function predictOn(backend) {
  await setBackend(backend);
  const model = await loadLayersModel(io.fromMemory(readArtifacts()));
  finish(await model.predict(tensor(readImage(), [1, 28, 28, 1])).data());
}
