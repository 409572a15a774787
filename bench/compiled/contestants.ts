import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {channelsFirst, findModel} from '../models';

/** What predicts one example: from numbers to numbers. */
export type Predict = (values: Float32Array) => ArrayLike<number> | Promise<ArrayLike<number>>;

/** Where a model is: its name in the benchmark, and a folder with the files of files.ts. */
export interface Source {
  model: string;
  folder: string;
}

export const LEVELS = ['simd', 'relaxed'] as const;
const compiledAt = (level: (typeof LEVELS)[number]) => `compiled, ${level}`;

/** By column, how each is prepared, in a process of its own. */
export const contestants: Readonly<Record<string, (source: Source) => Promise<Predict>>> = {
  ...Object.fromEntries(LEVELS.map((level) => [compiledAt(level), (source: Source) => loadModule(level, source)])),
  compiledModel: async ({model}) => {
    const {compiledModel} = await import('mnist-wasm/compile');
    const {predict} = await compiledModel(await createOn('mnist-wasm', model));
    return (values) => predict(values) as Float32Array;
  },
  'mnist-wasm': ({model}) => predictWithTfjs('mnist-wasm', model),
  wasm: ({model}) => predictWithTfjs('wasm', model),
  'onnxruntime-web': async ({model, folder}) => {
    const {createSession, runSession} = await import('../peers/onnxruntime-session');
    const session = await createSession('onnxruntime-web', path.join(folder, 'model.onnx'));
    const shape = [1, ...channelsFirst(findModel(model))];
    return (values) => runSession(session, values, shape);
  },
};

/** By the loader that stands beside a module. */
async function loadModule(level: (typeof LEVELS)[number], {folder}: Source): Promise<Predict> {
  if (level === 'relaxed') {
    const {detectFeatureLevel} = await import('../../src/internal');
    await detectFeatureLevel(level);
  }
  const loader = pathToFileURL(path.join(folder, `${level}.js`)).href;
  const {load} = (await import(loader)) as {load(): Promise<{predict: Predict}>};
  return (await load()).predict;
}

async function createOn(backend: string, model: string) {
  const {enableProdMode, setBackend} = await import('@tensorflow/tfjs-core');
  if (backend === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
  else await import('mnist-wasm');
  enableProdMode();
  await setBackend(backend);
  return findModel(model).create();
}

async function predictWithTfjs(backend: string, name: string): Promise<Predict> {
  const {tensor} = await import('@tensorflow/tfjs-core');
  const model = await createOn(backend, name);
  const shape = [1, ...findModel(name).input];
  return (values) => {
    const x = tensor(values, shape);
    const y = model.predict(x) as ReturnType<typeof tensor>;
    const result = y.dataSync();
    x.dispose();
    y.dispose();
    return result;
  };
}
