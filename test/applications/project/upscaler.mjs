import {createRequire} from 'node:module';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {registerFileHandler} from 'mnist-wasm/node';
import {PACKAGES, pictureOf} from './inputs.mjs';

/** Upscaler's entry for Node wants tfjs-node; the one for browsers takes any tfjs, and tensors. */
export async function loadUpscaler(tf, modelPackage, entry, file, size) {
  registerFileHandler();
  const require = createRequire(import.meta.url);
  const Upscaler = require(path.join(PACKAGES, 'upscaler/dist/browser/umd/upscaler.min.js'));
  const loaded = require(path.posix.join(modelPackage, entry));
  const model = loaded.default ?? loaded;
  const upscaler = new Upscaler({
    model: {...model, path: pathToFileURL(path.join(PACKAGES, modelPackage, file)).href},
  });
  await upscaler.ready;
  const image = pictureOf(tf, '@vladmandic/face-api/demo/sample1.jpg', size);
  return {
    async run() {
      const output = await upscaler.execute(image.clone(), {output: 'tensor', patchSize: 64, padding: 4});
      const pixels = await output.data();
      const {shape} = output;
      output.dispose();
      return {answers: [`${shape.join('x')}`], values: {pixels}};
    },
  };
}
