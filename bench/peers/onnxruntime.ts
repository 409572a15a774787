import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {setBackend} from '@tensorflow/tfjs-core';
import {channelsFirst, findModel, type ModelCase} from '../models';
import {SUBJECT} from '../subject';
import {medianInChild} from './child';
import {findPackage} from './installed';
import type {Peer} from './peer';

/** onnxruntime-web (WebAssembly) or onnxruntime-node (native), which run models that were trained elsewhere. */
export function onnxruntimePeer(name: 'onnxruntime-web' | 'onnxruntime-node'): Peer {
  return {
    name,
    columns: [name],
    find: async () => findPackage(name),
    async benchModel(modelCase) {
      if (modelCase.task !== 'inference') return {};
      const folder = await mkdtemp(path.join(os.tmpdir(), 'onnx-'));
      const file = path.join(folder, 'model.onnx');
      try {
        await writeFile(file, await onnxOf(modelCase));
        const shape = [modelCase.batch, ...channelsFirst(findModel(modelCase.model))];
        return {[name]: await medianInChild('onnxruntime-child', [name, file, shape.join(',')])};
      } finally {
        await rm(folder, {recursive: true});
      }
    },
  };
}

async function onnxOf({model: name, batch}: ModelCase): Promise<Uint8Array> {
  // Not bundled where the package is installed from the registry: neither are the peers that it is for.
  const {exportOnnx} = await import('../onnx/export');
  await setBackend(SUBJECT);
  const model = findModel(name).create();
  const bytes = exportOnnx(model, batch);
  model.dispose();
  return bytes;
}
