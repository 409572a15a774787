import 'mnist-wasm';
import {mul, setBackend, type Tensor, tensor, tidy, zeros} from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import {drawDigits} from 'mnist-wasm/mnist';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {findModel, recipes} from '../../../recipes';
import {withExample} from '../example';
import {Inside} from './inside';
import type {UnitView} from './types';

const TEST = drawDigits({count: 120});
const PIXELS = TEST.images.slice(0, 784);

const made: tfl.LayersModel[] = [];

beforeEach(async () => {
  await setBackend('mnist-wasm');
});
afterEach(() => {
  for (const model of made.splice(0)) model.dispose();
});

function recipe(name: string, model?: string): tfl.LayersModel {
  const [found] = recipes.filter((one) => one.name === name);
  const built = findModel(found, model).build(1);
  made.push(built);
  return built;
}

function into(model: tfl.LayersModel): Inside {
  return new Inside(() => ({model, test: TEST}));
}

/** What the model computes before a layer, as plain numbers; the layer's weights too. */
async function numbersAt(
  model: tfl.LayersModel,
  layer: number,
): Promise<{input: Float32Array; weights: Float32Array[]}> {
  const before = model.layers[layer].input as tfl.SymbolicTensor;
  const input = await withExample(model, PIXELS, async (_, xs) => {
    if (layer === 0) return (await xs.data()) as Float32Array;
    const values = tfl.model({inputs: model.inputs, outputs: before}).predict(xs) as Tensor;
    const numbers = (await values.data()) as Float32Array;
    values.dispose();
    return numbers;
  });
  return {input, weights: model.layers[layer].getWeights().map((weight) => weight.dataSync() as Float32Array)};
}

/** All that is shown of a sum, added up. */
function shownSum({sum}: UnitView): number {
  if (!sum) throw new Error('there is no sum');
  return sum.parts.reduce((all, part) => all + part.sum, sum.rest.sum + sum.bias);
}

describe('the inside of a model', () => {
  it.each(recipes.filter(({name}) => name !== 'alexnet'))(
    'has every layer of $name, as many numbers as its shape says',
    async ({name}) => {
      const model = recipe(name);
      const {value} = await into(model).layers(PIXELS);
      expect(value?.map((view) => view.name)).toEqual(model.layers.map((layer) => layer.name));
      for (const {shape, form, count, pictures} of value ?? []) {
        expect(shape.length === 3).toBe(form === 'pictures');
        expect(count).toBe(shape.at(-1));
        const [width, height] = form === 'pictures' ? [shape[1], shape[0]] : [Math.min(512, count), 1];
        for (const picture of pictures) expect(picture).toMatchObject({width, height});
      }
    },
  );

  it('has the output of a strided convolution with padding as JavaScript sums it', async () => {
    const model = recipe('strided-cnn');
    const {input, weights} = await numbersAt(model, 3);
    const {strides, padding} = model.layers[3].getConfig();
    expect([strides, padding, model.layers[3].input]).toMatchObject([[2, 2], 'same', {shape: [null, 14, 14, 32]}]);
    const filter = 5;
    // In the corner, where a part of the patch lies beyond the edge, and inside.
    for (const [row, column] of [
      [6, 6],
      [3, 2],
    ] as const) {
      let wanted = weights[1]?.[filter] ?? 0;
      for (let y = 0; y < 3; y++) {
        for (let x = 0; x < 3; x++) {
          const [top, left] = [2 * row + y, 2 * column + x];
          if (top > 13 || left > 13) continue;
          for (let c = 0; c < 32; c++) {
            wanted += input[(top * 14 + left) * 32 + c] * weights[0][((y * 3 + x) * 32 + c) * 32 + filter];
          }
        }
      }
      const {value: view} = await into(model).unit(PIXELS, {layer: 3, unit: filter}, [row, column]);
      expect(view?.sum?.total).toBeCloseTo(wanted, 4);
      expect(shownSum(view as UnitView)).toBeCloseTo(wanted, 4);
      expect(view?.value).toBeCloseTo(Math.max(0, wanted), 4);
      expect(view?.sum?.parts.length).toBe(8);
      expect(view?.sum?.rest.count).toBe(24);
    }
  });

  it('has the output of a dense unit as JavaScript sums it, and tells where its inputs come from', async () => {
    const model = recipe('lenet');
    const {input, weights} = await numbersAt(model, 5);
    const wanted = input.reduce((sum, value, i) => sum + value * weights[0][i * 120 + 7], weights[1][7]);
    const {value: view} = await into(model).unit(PIXELS, {layer: 5, unit: 7});
    expect(view?.sum?.total).toBeCloseTo(wanted, 4);
    expect(view?.value).toBeCloseTo(Math.max(0, wanted), 4);
    expect(view?.inputShape).toEqual([5, 5, 16]);
    const {from, inputs, weights: own, sum} = (view as UnitView).sum?.parts[0] ?? {};
    expect([inputs?.values[0], own?.values[0]]).toEqual([
      input[from as number],
      weights[0][(from as number) * 120 + 7],
    ]);
    expect(sum).toBeCloseTo((inputs?.values[0] ?? 0) * (own?.values[0] ?? 0), 6);
  });

  it('chooses the pixel with the strongest answer, and knows the pixels of the image behind it', async () => {
    const inside = into(recipe('lenet'));
    const {value: view} = await inside.unit(PIXELS, {layer: 2, unit: 3});
    const {answer, place} = view as UnitView;
    expect(answer?.values[(place?.[0] ?? 0) * 10 + (place?.[1] ?? 0)]).toBe(Math.max(...(answer?.values ?? [])));
    // 5x5 pixels of the pooled pictures, each of 2x2, each of 5x5 around it: 14 in a row, from 2 before.
    expect((await inside.unit(PIXELS, {layer: 2, unit: 3}, [2, 4])).value?.field).toEqual({
      top: 2,
      left: 6,
      height: 14,
      width: 14,
    });
    expect((await inside.unit(PIXELS, {layer: 0, unit: 0}, [0, 0])).value?.field).toEqual({
      top: 0,
      left: 0,
      height: 3,
      width: 3,
    });
  });

  it('finds the images that excite a unit, once for all units of a layer while the weights stay', async () => {
    const model = recipe('lenet');
    const inside = into(model);
    const {value: images} = await inside.mostExciting({layer: 0, unit: 2});
    const answers: number[] = [];
    for (let i = 0; i < TEST.size; i++) {
      const {value} = await inside.unit(TEST.images.slice(i * 784, (i + 1) * 784), {layer: 0, unit: 2});
      answers.push(value?.value ?? Number.NaN);
    }
    const order = answers.map((_, i) => i).sort((a, b) => answers[b] - answers[a]);
    expect(images?.map(({index}) => index)).toEqual(order.slice(0, 8));
    expect(images?.[0].value).toBeCloseTo(answers[order[0]], 5);
    expect(images?.[0].label).toBe(TEST.labels[order[0]]);

    const now = vi.spyOn(globalThis, 'setTimeout');
    await inside.mostExciting({layer: 0, unit: 3});
    expect(now, 'nothing is computed').not.toHaveBeenCalled();
    tidy(() => model.setWeights(model.getWeights().map((weight) => mul(weight, -1))));
    const {value: others} = await inside.mostExciting({layer: 0, unit: 2});
    expect(now).toHaveBeenCalled();
    expect(others?.map(({index}) => index)).not.toEqual(order.slice(0, 8));
    now.mockRestore();
  });

  it('gives up where another model comes meanwhile', async () => {
    let model = recipe('mlp');
    const inside = new Inside(() => ({model, test: TEST}));
    const answer = inside.mostExciting({layer: 0, unit: 0});
    model = recipe('lenet');
    expect((await answer).value).toBeUndefined();
  });

  it('tells what speaks for and against each digit: together the score', async () => {
    const model = recipe('mlp');
    const {value: evidence} = await into(model).evidence(PIXELS);
    const {input, weights} = await numbersAt(model, 2);
    evidence?.scores.forEach((score, digit) => {
      const wanted = input.reduce((sum, value, i) => sum + value * weights[0][i * 10 + digit], weights[1][digit]);
      expect(score.for + score.against + score.bias).toBeCloseTo(wanted, 4);
      expect(score.total).toBeCloseTo(wanted, 4);
    });
    expect(evidence?.scores.length).toBe(10);
  });

  it('knows the pixels that an answer hangs on', async () => {
    // Reads the middle pixel alone: the fives are sure where there is ink.
    const {flatten, dense} = tfl.layers;
    const model = tfl.sequential({
      layers: [flatten({inputShape: [28, 28, 1]}), dense({units: 10, activation: 'softmax'})],
    });
    made.push(model);
    const kernel = new Float32Array(7840);
    kernel[(14 * 28 + 14) * 10 + 5] = 9;
    tidy(() => model.setWeights([tensor(kernel, [784, 10]), zeros([10])]));
    const pixels = new Uint8Array(784).fill(200);
    const {value} = await into(model).occlusion(pixels);
    expect(value?.digit).toBe(5);
    const most = Math.max(...(value?.falls.values ?? []));
    expect(value?.falls.values[14 * 28 + 14]).toBe(most);
    expect(most).toBeGreaterThan(0.5);
    expect(value?.falls.values[0]).toBeCloseTo(0, 6);
  });
});
