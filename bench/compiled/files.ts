import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {setBackend} from '@tensorflow/tfjs-core';
import {compileModel, loaderSource} from 'mnist-wasm/compile';
import {findModel} from '../models';
import {SUBJECT} from '../subject';
import {LEVELS} from './contestants';
import {type ModuleSize, sizeOfModule} from './size';

/**
 * Writes a model's modules with their loaders, and the model as an ONNX file if somebody reads that.
 *
 * @returns the modules' sizes by level
 */
export async function writeModels(
  name: string,
  folder: string,
  withOnnx: boolean,
): Promise<Record<string, ModuleSize>> {
  await setBackend(SUBJECT);
  const model = findModel(name).create();
  const sizes: Record<string, ModuleSize> = {};
  try {
    if (withOnnx) {
      // Not bundled where the package is installed from the registry: neither are the peers that it is for.
      const {exportOnnx} = await import('../onnx/export');
      await writeFile(path.join(folder, 'model.onnx'), exportOnnx(model, 1));
    }
    for (const level of LEVELS) {
      const bytes = await compileModel(model, {level});
      await writeFile(path.join(folder, `${level}.wasm`), bytes);
      await writeFile(path.join(folder, `${level}.js`), loaderSource(`${level}.wasm`));
      sizes[level] = sizeOfModule(bytes);
    }
  } finally {
    model.dispose();
  }
  return sizes;
}
