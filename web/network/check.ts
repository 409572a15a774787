/** A network out of data that others wrote: a link, or the browser's storage. */

import {texts} from '../texts';
import {firstMisfit, KINDS, LAYER_FIELDS, MOST, TRAINING_FIELDS} from './fields';
import type {Rule} from './rules';
import type {LayerKind, LayerSpec, NetworkSpec, TrainingSpec} from './spec';

/**
 * A copy of the fields that a network has, each in its bounds; `shapesOf` tells whether its layers fit one another.
 * @throws Error that tells which field is wrong.
 */
export function checkedNetwork(value: unknown): NetworkSpec {
  if (!isObject(value) || !Array.isArray(value.layers) || !isObject(value.training))
    throw new Error(texts.network.noNetwork);
  const {name, layers, training} = value;
  if (typeof name !== 'string' || name.trim() === '' || name.length > MOST.name) {
    throw new Error(texts.network.badName(name, MOST.name));
  }
  if (layers.length > MOST.layers) throw new Error(texts.network.tooManyLayers(layers.length, MOST.layers));
  return {
    name,
    layers: layers.map(checkedLayer),
    training: picked(TRAINING_FIELDS, training) as unknown as TrainingSpec,
  };
}

function checkedLayer(value: unknown, at: number): LayerSpec {
  const kind = isObject(value) ? value.kind : undefined;
  if (!isObject(value) || !KINDS.includes(kind as LayerKind)) throw new Error(texts.network.badKind(at, kind, KINDS));
  const known = kind as LayerKind;
  try {
    return {kind: known, ...picked(LAYER_FIELDS[known], value)} as LayerSpec;
  } catch (error) {
    throw new Error(texts.network.where(at, known, (error as Error).message), {cause: error});
  }
}

function picked(rules: Readonly<Record<string, Rule>>, value: Record<string, unknown>): Record<string, unknown> {
  const wrong = firstMisfit(rules, value);
  if (wrong !== undefined) throw new Error(wrong);
  return Object.fromEntries(Object.keys(rules).map((field) => [field, value[field]]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
