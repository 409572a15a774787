import type {layers} from '@tensorflow/tfjs-layers';
import * as tfl from '@tensorflow/tfjs-layers';
import {seededGlorotUniform} from '../../../recipes';
import {type L2, type LayerCall, layerCalls, type Option} from '../../network/calls';
import {shapesOf} from '../../network/shapes';
import type {NetworkSpec} from '../../network/spec';

type Layer = ReturnType<typeof layers.dense>;

/**
 * The uncompiled model: input [n, 28, 28, 1], output [n, 10] class probabilities.
 *
 * @param seed the same seed gives the same initial weights and dropout.
 * @throws Error where a layer does not fit the one before it, or the network is too large.
 */
export function buildNetwork(spec: NetworkSpec, seed: number): tfl.Sequential {
  const {problem} = shapesOf(spec);
  if (problem) throw new Error(problem.text);
  const glorotUniform = seededGlorotUniform(seed);
  let dropouts = 0;
  const own = ({tfjs}: LayerCall): object => {
    if (tfjs === 'conv2d' || tfjs === 'dense') return {kernelInitializer: glorotUniform()};
    if (tfjs !== 'dropout') return {};
    dropouts++;
    return {seed: seed * 100 + 50 + dropouts};
  };
  const model = tfl.sequential();
  for (const call of layerCalls(spec)) {
    const options = Object.entries(call.options).map(([name, value]) => [name, argument(value)]);
    const create = tfl.layers[call.tfjs] as (options: object) => Layer;
    model.add(create({...Object.fromEntries(options), ...own(call)}));
  }
  return model;
}

function argument(value: Option): unknown {
  const isL2 = typeof value === 'object' && !Array.isArray(value);
  return isL2 ? tfl.regularizers.l2(value as L2) : value;
}
