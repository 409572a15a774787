/** The model in use as a WebAssembly module, and as a page around it. */
import type {LayersModel} from '@tensorflow/tfjs-layers';
import example from '../../../examples/browser/index.html?raw';
import {texts} from '../../texts';
import {pageAround} from './page';
import {type CompiledFiles, type CompileWishes, MOST_PARAMETERS} from './types';

/**
 * @param name of the files, without their ending.
 * @throws Error where the model is too large, the compiler cannot be had, or the model cannot be compiled.
 */
export async function compileFiles(model: LayersModel, name: string, wishes: CompileWishes): Promise<CompiledFiles> {
  const parameters = model.countParams();
  if (parameters > MOST_PARAMETERS) throw new Error(texts.takeHome.tooLarge(parameters, MOST_PARAMETERS));
  const {compileModel, loaderSource} = await import('mnist-wasm/compile');
  const binaryen = await compiler();
  const began = performance.now();
  const bytes = await compileModel(model, {...wishes, binaryen});
  const seconds = (performance.now() - began) / 1000;
  const file = `${name}.wasm`;
  const loader = loaderSource(file);
  return {
    module: [
      {name: file, content: new Blob([bytes], {type: 'application/wasm'})},
      {name: `${name}.js`, content: new Blob([loader], {type: 'text/javascript'})},
    ],
    page: {name: `${name}.html`, content: new Blob([pageAround(example, loader, bytes)], {type: 'text/html'})},
    bytes: bytes.length,
    seconds,
  };
}

/** 13 MB, fetched when it is first asked for. */
async function compiler() {
  try {
    const {default: binaryen} = await import('binaryen');
    return binaryen;
  } catch (error) {
    throw new Error(texts.takeHome.noCompiler, {cause: error});
  }
}
