/** The lines that load each of a network's files: programs, whose words are code. */
import {texts} from '../../texts';

export type Format = keyof typeof texts.takeHome.formats;

/** @param name of the files, without their ending. */
export const LINES: Readonly<Record<Format, ((name: string) => string) | undefined>> = {
  keras: (name) => `import keras
model = keras.models.load_model('${name}.h5')
probabilities = model.predict(images)  # ${texts.takeHome.batch}`,
  tfjs: (name) => `import 'mnist-wasm';
import {setBackend} from '@tensorflow/tfjs-core';
import {loadLayersModel} from '@tensorflow/tfjs-layers';
await setBackend('mnist-wasm');
const model = await loadLayersModel('./${name}.json');`,
  module: (name) => `import {load} from './${name}.js';
const model = await load();
const probabilities = model.predict(pixels); // ${texts.takeHome.images}`,
  page: undefined,
};
