import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {gunzipSync} from 'node:zlib';
import {io, memory, setBackend, type Tensor, tensor, tidy, zeros} from '@tensorflow/tfjs-core';
import {type LayersModel, loadLayersModel} from '@tensorflow/tfjs-layers';
import 'mnist-wasm';
import {KerasError, loadKeras, saveKerasH5} from 'mnist-wasm/keras';
import {beforeAll, describe, expect, it} from 'vitest';
import {discard} from './fixtures/files';

interface Values {
  shape: number[];
  values: ArrayLike<number>;
}

interface Expected {
  inputs: Values[];
  outputs: Values[];
}

const small = path.join(import.meta.dirname, 'fixtures/zoo');
const expected = JSON.parse(readFileSync(path.join(small, 'expected.json'), 'utf8')) as Record<string, Expected>;
const fixture = (name: string) => gunzipSync(readFileSync(path.join(small, `${name}.gz`)));

const mnist = process.env.MNIST_DIR || undefined;
const whole = mnist === undefined ? undefined : path.join(mnist, '../keras/zoo');

beforeAll(async () => {
  await setBackend('mnist-wasm');
});

/** How far a model is from what Keras computed, as a part of the largest value, or of 1 where all are smaller. */
function difference(model: LayersModel, {inputs, outputs}: Expected): number {
  return tidy(() => {
    const xs = inputs.map(({shape, values}) => tensor(Float32Array.from(values), shape));
    const ys = [model.predict(xs.length > 1 ? xs : xs[0])].flat() as Tensor[];
    expect(ys.map(({shape}) => shape)).toEqual(outputs.map(({shape}) => shape));
    return Math.max(
      ...ys.map((y, i) => {
        const {values} = outputs[i];
        const largest = Math.max(1, ...Array.from(values, (value) => Math.abs(value) || 0));
        const apart = (value: number, k: number) =>
          Number.isNaN(value) === Number.isNaN(values[k]) ? Math.abs(value - values[k]) || 0 : Number.POSITIVE_INFINITY;
        return Math.max(...Array.from(y.dataSync(), apart)) / largest;
      }),
    );
  });
}

async function throughModelJson(model: LayersModel): Promise<LayersModel> {
  let saved: io.ModelArtifacts | undefined;
  await model.save(
    io.withSaveHandler(async (artifacts) => {
      saved = {...artifacts, modelTopology: JSON.parse(JSON.stringify(artifacts.modelTopology))};
      return {modelArtifactsInfo: {dateSaved: new Date(), modelTopologyType: 'JSON'}};
    }),
  );
  return loadLayersModel(io.fromMemory(saved as io.ModelArtifacts));
}

describe('a layer or an option that tfjs-layers lacks or computes otherwise', () => {
  it.each(Object.keys(expected))('gives what Keras computed: %s', async (name) => {
    const {numTensors} = memory();
    const model = await loadKeras(fixture(name));
    expect(difference(model, expected[name])).toBeLessThan(2e-5);
    const again = await throughModelJson(model);
    expect(difference(again, expected[name]), 'from a model.json').toBeLessThan(2e-5);
    discard(again);
    discard(model);
    expect(memory().numTensors).toBe(numTensors);
  });

  it.each(Object.keys(expected))('goes to Keras and back, or is refused by its name: %s', async (name) => {
    const model = await loadKeras(fixture(name));
    const file = await saveKerasH5(model, {keras: 3}).catch((error) => error);
    if (/(cat_lstm|seq2seq|mha|ops_|rc_)/.test(name)) {
      expect(file).toBeInstanceOf(KerasError);
      expect(file.message).toMatch(/^"\w+" cannot be saved for Keras: /);
    } else {
      const again = await loadKeras(file);
      expect(difference(again, expected[name])).toBeLessThan(2e-5);
      discard(again);
    }
    discard(model);
  });
});

it.each([
  ['ct3_same3.keras', /Conv3DTranspose .*padding: "same" with strides above the kernel's size/],
  ['ops_normalize1.keras', /Normalize .*order: 1 is not supported of the operation normalize/],
])('what would be computed otherwise is refused while it is loaded: %s', async (name, message) => {
  await expect(loadKeras(fixture(name))).rejects.toThrow(message);
});

it('a file that is refused leaves nothing behind that another load would trip over', async () => {
  const broken = fixture('good_nested.keras').slice(0, -2000);
  await expect(loadKeras(broken)).rejects.toBeInstanceOf(KerasError);
  for (const name of ['bad_flatten_in_nested.keras', 'good_nested.keras']) {
    const model = await loadKeras(fixture(name));
    tidy(() => {
      const [{shape}] = model.inputs;
      expect((model.predict(zeros(shape.map((side) => side ?? 2))) as Tensor).shape).toEqual([2, 2]);
    });
    discard(model);
  }
});

describe.skipIf(whole === undefined || !existsSync(whole))('all models of the collection', () => {
  /** float16 and Lambda, each as .keras and .h5. */
  const REFUSED = 4;

  it('are computed as in Keras, or refused while they are loaded, by layer and reason', async () => {
    const folder = whole as string;
    const floats = (file: string) => {
      const {buffer, byteOffset, length} = readFileSync(path.join(folder, file));
      return new Float32Array(buffer.slice(byteOffset, byteOffset + length));
    };
    const wrong: string[] = [];
    let refused = 0;
    for (const file of readdirSync(folder).filter((name) => /\.(keras|h5)$/.test(name))) {
      const name = file.replace(/\.\w+$/, '');
      const shapes = JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8')) as Record<
        'in' | 'out',
        number[][]
      >;
      const values = (kind: 'in' | 'out') =>
        shapes[kind].map((shape, i): Values => ({shape, values: floats(`${name}.${kind}${i}`)}));
      try {
        const model = await loadKeras(readFileSync(path.join(folder, file)));
        if (!(difference(model, {inputs: values('in'), outputs: values('out')}) <= 2e-5)) wrong.push(file);
        discard(model);
      } catch (error) {
        if (!(error instanceof KerasError) || error.unsupported.length === 0) wrong.push(`${file}: ${error}`);
        refused++;
      }
    }
    expect(wrong).toEqual([]);
    expect(refused).toBeLessThanOrEqual(REFUSED);
  }, 120_000);
});
