import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {dispose, randomUniform, setBackend, type Tensor, tensor, tidy} from '@tensorflow/tfjs-core';
import {
  input,
  layers as L,
  type LayersModel,
  model as modelOf,
  type SymbolicTensor,
  sequential,
} from '@tensorflow/tfjs-layers';
import 'mnist-wasm';
import {KerasError, loadKeras, saveKerasH5} from 'mnist-wasm/keras';
import {beforeAll, describe, expect, it} from 'vitest';
import {bitsOf, discard, inHdf5} from './fixtures/files';
import {functional, LAYERS} from './fixtures/layer-table';

beforeAll(async () => {
  await setBackend('mnist-wasm');
});

type Layer = {apply(inputs: SymbolicTensor | SymbolicTensor[]): SymbolicTensor | SymbolicTensor[] | Tensor | Tensor[]};

function modelWith(layer: unknown, shapes: number[][], isFunctional: boolean): LayersModel {
  if (!isFunctional) {
    return sequential({layers: [L.inputLayer({inputShape: shapes[0]}), layer as never]});
  }
  const inputs = shapes.map((shape) => input({shape}));
  const output = (layer as Layer).apply(inputs.length === 1 ? inputs[0] : inputs) as SymbolicTensor;
  return modelOf({inputs, outputs: output});
}

function outputs(model: LayersModel, inputs: Tensor[]): number[][] {
  return tidy(() => ([model.predict(inputs)].flat() as Tensor[]).map((y) => [...y.shape, ...y.dataSync()]));
}

describe.each([2, 3] as const)('in a file for Keras %i', (keras) => {
  // Keras 3 has another hard_sigmoid.
  const layers = LAYERS.filter(([name]) => keras === 2 || !name.includes('hardSigmoid'));
  it.each(layers)('%s gives the same after it was saved and loaded', async (_, make, ...shapes) => {
    for (const isFunctional of shapes.length > 1 ? [true] : [false, true]) {
      const model = modelWith(make(), shapes, isFunctional);
      const inputs = shapes.map((shape, i) => randomUniform([2, ...shape], 0, 2, 'float32', 7 + i));
      try {
        const again = await loadKeras(await saveKerasH5(model, {keras}));
        expect(bitsOf(again)).toEqual(bitsOf(model));
        expect(outputs(again, inputs)).toEqual(outputs(model, inputs));
        discard(again);
      } finally {
        discard(model);
        for (const x of inputs) x.dispose();
      }
    }
  });
});

it('a layer within a layer is written as Keras 3 finds it', async () => {
  const separable = L.separableConv2d({filters: 2, kernelSize: 2, depthMultiplier: 3, inputShape: [4, 4, 1]});
  const wrapped = [
    L.timeDistributed({layer: separable, inputShape: [3, 4, 4, 1]}),
    L.timeDistributed({layer: sequential({layers: [L.flatten({inputShape: [3, 3, 2]}), L.dense({units: 4})]})}),
    L.timeDistributed({layer: functional()}),
  ];
  const model = sequential({layers: wrapped});
  const layers = await inHdf5(await saveKerasH5(model, {keras: 3}), (root) => {
    const {config} = JSON.parse(root.attrs.model_config.value as string);
    return config.layers.slice(1).map((entry: {config: {layer: object}}) => entry.config.layer);
  });
  expect(layers).toMatchObject([
    {class_name: 'SeparableConv2D', module: 'keras.layers', registered_name: null, config: {depth_multiplier: 3}},
    {class_name: 'Sequential', module: 'keras', registered_name: null},
    {class_name: 'Functional', module: 'keras.src.models.functional', registered_name: 'Functional'},
  ]);
  // Layers of Keras 3 take no batch_input_shape.
  expect(layers[0].config).not.toHaveProperty('batch_input_shape');
  discard(model);
});

/** tfjs-layers' own dispose leaves layers that models within models share, and states. */
function discardAll(model: LayersModel): void {
  model.resetStates();
  for (const layer of model.layers) {
    const {states_: states = []} = layer as unknown as {states_?: Tensor[]};
    dispose(states);
  }
  for (const weight of model.weights) weight.dispose();
  model.optimizer?.dispose();
}

/** Undefined where tfjs-layers cannot run the model: then there is nothing to compare. */
function predicted(model: LayersModel, inputs: Tensor[]): number[][] | undefined {
  try {
    return outputs(model, inputs);
  } catch {
    return undefined;
  }
}

const zoo = path.join(process.env.MNIST_DIR ?? '', '../keras/zoo');
const isThere = Boolean(process.env.MNIST_DIR) && existsSync(zoo);
// Models written by Keras 3.15, one for each layer and option.
describe.runIf(isThere)('models of Keras', () => {
  // tfjs-layers forgets the masks that it draws for dropout within recurrent layers.
  const names = isThere ? readdirSync(zoo).filter((name) => /(?<!lstm_drop)\.json$/.test(name)) : [];
  it.each(names.map((name) => name.slice(0, -5)))('%s gives the same after it was saved and loaded', async (name) => {
    const {in: shapes} = JSON.parse(readFileSync(path.join(zoo, `${name}.json`), 'utf8')) as {in: number[][]};
    const model = await loadKeras(readFileSync(path.join(zoo, `${name}.keras`))).catch((error: unknown) => {
      expect(error).toBeInstanceOf(KerasError);
      return undefined;
    });
    if (model === undefined) return;
    const inputs = shapes.map((shape, i) => {
      const bytes = new Uint8Array(readFileSync(path.join(zoo, `${name}.in${i}`)));
      return tensor(new Float32Array(bytes.buffer), shape);
    });
    try {
      const expected = predicted(model, inputs);
      for (const keras of expected ? ([2, 3] as const) : []) {
        const file = await saveKerasH5(model, {keras}).catch((error: unknown) => {
          // Operations, masks as inputs: refused by name.
          expect(error).toBeInstanceOf(KerasError);
          return undefined;
        });
        if (file === undefined) continue;
        const again = await loadKeras(file);
        expect(outputs(again, inputs)).toEqual(expected);
        discardAll(again);
      }
    } finally {
      discardAll(model);
      for (const x of inputs) x.dispose();
    }
  });
});
