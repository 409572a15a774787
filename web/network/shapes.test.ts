import {describe, expect, it} from 'vitest';
import {checkedNetwork} from './check';
import {KINDS, MOST, newLayer} from './fields';
import {shapesOf} from './shapes';
import type {LayerSpec, NetworkSpec} from './spec';

const training: NetworkSpec['training'] = {
  optimizer: 'adam',
  learningRate: 0.001,
  schedule: 'linear',
  batchSize: 100,
  l2: 0,
};
const flatten: LayerSpec = {kind: 'flatten'};
const of = (layers: LayerSpec[], settings: Partial<NetworkSpec['training']> = {}): NetworkSpec => ({
  name: 'x',
  layers,
  training: {...training, ...settings},
});
const conv = (part: object): LayerSpec => ({...newLayer('conv2d'), ...part}) as LayerSpec;
const problem = (layers: LayerSpec[], settings?: Partial<NetworkSpec['training']>) =>
  shapesOf(of(layers, settings)).problem;

describe('shapesOf', () => {
  it('counts the weights, the last layer among them, and what training takes', () => {
    const {layers, parameters, bytes} = shapesOf(of([flatten]));
    expect(layers.map(({output}) => output)).toEqual([[784], [10]]);
    expect(parameters).toBe(7850);
    expect(bytes).toBe(4 * (7850 * 6 + 6 * 100 * (784 + 784 + 10)));
  });

  const impossible: [string, LayerSpec[], number | undefined, string][] = [
    [
      'a window larger than the picture',
      [{kind: 'maxPooling', size: 14, stride: 14, padding: 'valid'}, conv({kernel: 5, padding: 'valid'}), flatten],
      1,
      'Layer 2, Convolution: the picture is 2 × 2 here: a window of 5 × 5 does not fit; make it smaller, or pad.',
    ],
    [
      'a convolution of a row',
      [flatten, conv({})],
      1,
      'Layer 2, Convolution: it needs a picture, and here is a row of 784 numbers; move it above Flatten.',
    ],
    ['pooling of a row', [flatten, newLayer('averagePooling')], 1, 'Layer 2, Average pooling: it needs a picture'],
    ['a dense layer of a picture', [newLayer('dense')], 0, 'Layer 1, Dense: it needs a row of numbers, and here is'],
    [
      'the answer of a picture',
      [conv({filters: 3})],
      1,
      'The answer: it needs a row of numbers, and here is a picture of 28 × 28 × 3',
    ],
    ['two that flatten', [flatten, flatten], 1, 'Layer 2, Flatten: the numbers are in a row already; remove it.'],
    [
      'a field out of bounds',
      [conv({filters: 513})],
      0,
      'Layer 1, Convolution: Filters is 513; expected a whole number from 1 to 512.',
    ],
    ['a fraction of a filter', [conv({filters: 2.5})], 0, 'Filters is 2.5; expected a whole'],
    [
      'too many layers',
      [...Array.from({length: 30}, () => newLayer('dropout')), flatten],
      undefined,
      'The network has 31 layers; at most 30',
    ],
    [
      'too many weights',
      [conv({filters: 64}), flatten, {kind: 'dense', units: 4096, activation: 'relu', l2: 0}],
      undefined,
      'weights; a browser',
    ],
  ];
  it.each(impossible)('tells of %s', (_, layers, at, text) => {
    const found = problem(layers);
    expect(found?.at).toBe(at);
    expect(found?.text).toContain(text);
  });

  it('tells of what no tab bears, and of the settings of training', () => {
    const wide = Array.from({length: 5}, () => conv({filters: 60}));
    expect(problem([...wide, flatten], {batchSize: 100})).toBeUndefined();
    expect(problem([...wide, flatten], {batchSize: 1000})?.text).toMatch(/^Training would take about [\d,]+ MB/);
    const heavy = [conv({filters: 512, kernel: 1}), conv({filters: 512, kernel: 9}), flatten];
    expect(problem(heavy, {batchSize: 30})?.text).toMatch(/^One step would take [\d,]+ billion multiplications/);
    expect(problem([flatten], {learningRate: 0})?.text).toContain(
      'Learning rate is 0; expected a number from 0.00001 to 1.',
    );
  });

  it('takes a new layer of each kind where such a layer can stand', () => {
    for (const kind of KINDS) {
      const layer = newLayer(kind);
      const layers = kind === 'flatten' ? [layer] : kind === 'dense' ? [flatten, layer] : [layer, flatten];
      expect(problem(layers), kind).toBeUndefined();
      expect(checkedNetwork(of(layers))).toEqual(of(layers));
    }
  });
});

describe('checkedNetwork', () => {
  const good = of([conv({}), flatten]);
  it.each([
    [undefined, 'no description of a network'],
    [[], 'no description of a network'],
    [{...good, name: ''}, 'The name is ""; expected 1 to 40 characters.'],
    [{...good, name: 'x'.repeat(MOST.name + 1)}, 'The name is "xxx'],
    [{...good, layers: [{kind: 'lstm'}]}, 'Layer 1 is of the kind "lstm"; expected one of conv2d, '],
    [{...good, layers: [null]}, 'Layer 1 is of the kind nothing'],
    [{...good, layers: [{kind: 'toString'}]}, 'of the kind "toString"'],
    [{...good, layers: Array(31).fill(flatten)}, 'The network has 31 layers'],
    [
      {...good, layers: [{...newLayer('dropout'), rate: '0.5'}]},
      'Layer 1, Dropout: Share dropped is "0.5"; expected a number',
    ],
    [{...good, layers: [{...newLayer('dropout'), rate: Number.NaN}]}, 'Share dropped is null'],
    [{...good, training: {...training, optimizer: 'lion'}}, 'Optimizer is "lion"; expected one of sgd, '],
    [{...good, training: {...training, batchSize: undefined}}, 'is nothing; expected a whole number from 1 to 1,000.'],
  ])('refuses %j', (value, why) => {
    expect(() => checkedNetwork(value)).toThrow(why);
  });

  it('leaves out what no network has', () => {
    expect(checkedNetwork({...good, more: 1, layers: [{...newLayer('dropout'), seed: 3}]}).layers).toEqual([
      newLayer('dropout'),
    ]);
  });
});
