/**
 * In Chromium: a model on mnist-wasm, and on LiteRT.js, which gets it as a .tflite file. litert.ts bundles and opens the page,
 * and calls what it puts at `litertPage`.
 */
import {enableProdMode, randomUniform, setBackend, type Tensor} from '@tensorflow/tfjs-core';
import {register} from 'mnist-wasm';
import {medianMilliseconds, type Patience} from '../measure';
import {findModel, type ModelCase} from '../models';
import {drawVectors} from '../models/draw';
import {SUBJECT} from '../subject';
import {exportTflite} from '../tflite/export';
import type {LiteRt, LiteRtTensor} from './litert-api';

export type Contestant = 'subject' | 'litert';

export type LitertCase = Pick<ModelCase, 'model' | 'batch'> & {threads: number};

/** What Node calls. */
export interface LitertPage {
  /** Makes both ready, and gives what each predicts. */
  prepare(modelCase: LitertCase): Promise<Record<Contestant, number[]>>;
  /** The median milliseconds of a prediction, from values that are where the runtime has its own to an array in JavaScript. */
  measure(contestant: Contestant, patience: Patience): Promise<number>;
}

type Predict = () => Promise<ArrayLike<number>>;

const predictors = new Map<Contestant, Predict>();

const page: LitertPage = {
  async prepare({model: name, batch, threads}) {
    if (!crossOriginIsolated) throw new Error('the page is not isolated, and has no shared memory for threads');
    enableProdMode();
    register({threads});
    await setBackend(SUBJECT);
    const {create, input} = findModel(name);
    const model = create();
    drawVectors(model);
    const shape = [batch, ...input];
    const images = randomUniform(shape, 0, 1, 'float32', 1);
    predictors.set('subject', async () => {
      const probabilities = model.predict(images) as Tensor;
      const values = probabilities.dataSync();
      probabilities.dispose();
      return values;
    });
    const values = images.dataSync() as Float32Array;
    predictors.set('litert', await prepareLitert(exportTflite(model, batch), values, shape, threads));
    return {subject: Array.from(await predict('subject')), litert: Array.from(await predict('litert'))};
  },
  measure: (contestant, patience) => medianMilliseconds(() => predict(contestant), patience),
};
Object.assign(globalThis, {litertPage: page});

function predict(contestant: Contestant): Promise<ArrayLike<number>> {
  const found = predictors.get(contestant);
  if (!found) throw new Error(`'${contestant}' is not prepared`);
  return found();
}

/** On the CPU: XNNPACK in WebAssembly, in the best of its builds that the engine can run. */
async function prepareLitert(
  bytes: Uint8Array,
  images: Float32Array,
  shape: readonly number[],
  threads: number,
): Promise<Predict> {
  const file = new URL('litert.js', location.href).href;
  const {loadAndCompile, loadLiteRt, Tensor: LiteRtTensor} = (await import(file)) as LiteRt;
  await loadLiteRt(new URL('wasm/', location.href).href, {threads: threads > 1});
  const model = await loadAndCompile(bytes, {accelerator: 'wasm', cpuOptions: {numThreads: threads}});
  const input: LiteRtTensor = new LiteRtTensor(images, shape);
  return async () => {
    const [output] = await model.run(input);
    const values = await output.data();
    output.delete();
    return values;
  };
}
