/** What can be set of each layer and of the training: in which bounds, and what stands there at first. */

import {texts} from '../texts';
import type {Rule} from './rules';
import {ACTIVATIONS, type LayerKind, type LayerSpec, OPTIMIZERS, PADDINGS, SCHEDULES, SIDE} from './spec';

const whole = (min: number, max: number, initial: number): Rule => ({type: 'number', whole: true, min, max, initial});
const real = (min: number, max: number, initial: number): Rule => ({type: 'number', whole: false, min, max, initial});
const oneOf = (options: readonly string[], initial: string): Rule => ({type: 'choice', options, initial});

const pooling = {size: whole(1, SIDE / 2, 2), stride: whole(1, SIDE / 2, 2), padding: oneOf(PADDINGS, 'valid')};

/** Links have the fields in this order. */
export const LAYER_FIELDS: Readonly<Record<LayerKind, Readonly<Record<string, Rule>>>> = {
  conv2d: {
    filters: whole(1, 512, 8),
    kernel: whole(1, SIDE, 3),
    stride: whole(1, 4, 1),
    padding: oneOf(PADDINGS, 'same'),
    activation: oneOf(ACTIVATIONS, 'relu'),
  },
  maxPooling: pooling,
  averagePooling: pooling,
  flatten: {},
  dense: {units: whole(1, 4096, 64), activation: oneOf(ACTIVATIONS, 'relu'), l2: real(0, 1, 0)},
  dropout: {rate: real(0, 0.9, 0.25)},
  batchNormalization: {},
  activation: {activation: oneOf(ACTIVATIONS, 'relu')},
};

export const KINDS = Object.keys(LAYER_FIELDS) as LayerKind[];

/** Links have the fields in this order. */
export const TRAINING_FIELDS = {
  optimizer: oneOf(OPTIMIZERS, 'adam'),
  learningRate: real(0.00001, 1, 0.001),
  schedule: oneOf(SCHEDULES, 'linear'),
  batchSize: whole(1, 1000, 128),
  l2: {...real(0, 1, 0), label: 'l2OfAll'},
} as const satisfies Record<string, Rule>;

/** Bounds that keep a tab alive. */
export const MOST = {
  layers: 30,
  name: 40,
  parameters: 32_000_000,
  /** Of training. */
  bytes: 1.5e9,
  /** Multiplications forward, of a batch: nobody can stop a step. */
  work: 2e11,
};

export function newLayer(kind: LayerKind): LayerSpec {
  const values = Object.entries(LAYER_FIELDS[kind]).map(([field, {initial}]) => [field, initial]);
  return {kind, ...Object.fromEntries(values)} as LayerSpec;
}

/** What a field is called. */
export function fieldTitle(field: string, {label = field}: Rule): string {
  return texts.network.fields[label];
}

/** What is wrong with a value, in words; undefined where nothing is. */
function misfit(field: string, rule: Rule, value: unknown): string | undefined {
  const name = fieldTitle(field, rule);
  if (rule.type === 'choice') {
    return rule.options.includes(value as string) ? undefined : texts.network.notOneOf(name, value, rule.options);
  }
  const {min, max, whole: isWhole} = rule;
  const fits = typeof value === 'number' && value >= min && value <= max && (!isWhole || Number.isInteger(value));
  return fits ? undefined : texts.network.outOfRange(name, value, rule);
}

/** The first value that is wrong among several. */
export function firstMisfit(rules: Readonly<Record<string, Rule>>, values: object): string | undefined {
  for (const [field, rule] of Object.entries(rules)) {
    const wrong = misfit(field, rule, (values as Record<string, unknown>)[field]);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}
