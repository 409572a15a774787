import type {InputSpec, KernelCase} from '../../test/cases';
import {type BenchModel, benchModels} from '../models';
import {type ConvolutionPlan, type DensePlan, flopsOf, isProduct, planOf} from '../models/plan';

export type Pass = 'forward' | 'weight gradient' | 'input gradient';

/** One kernel call that a training step makes for the products of a layer. */
export interface LayerCase {
  /** Those that have this layer, at this batch. */
  models: string[];
  layer: string;
  batch: number;
  pass: Pass;
  kernelCase: KernelCase & {flops: number};
}

type Product = ConvolutionPlan | DensePlan;

/**
 * The products of all the models' convolutional and dense layers at their recipe's batch, as tfjs calls them
 * in a training step: forward and both gradients. What the first layer is given needs no gradient, and gets none.
 */
export function layerCases(models: readonly BenchModel[] = benchModels): LayerCase[] {
  const cases = new Map<string, LayerCase>();
  for (const {name, create, trainings} of models) {
    const [{batch}] = trainings;
    const model = create();
    planOf(model)
      .filter(isProduct)
      .flatMap((layer, position) => passesOf(layer, batch, position === 0))
      .forEach((layerCase) => {
        const {kernel, inputs, attrs} = layerCase.kernelCase;
        const key = JSON.stringify([kernel, inputs, attrs]);
        const same = cases.get(key);
        if (!same) cases.set(key, {...layerCase, models: [name]});
        else if (!same.models.includes(name)) same.models.push(name);
      });
    model.dispose();
  }
  return [...cases.values()];
}

/** What `--only` looks in, and what runs now. */
export function titleOf({models, layer, pass, batch, kernelCase}: LayerCase): string {
  return `${models.join(', ')}: ${layer}, ${pass}, batch ${batch} (${kernelCase.kernel})`;
}

function passesOf(layer: Product, batch: number, isFirst: boolean): Omit<LayerCase, 'models'>[] {
  const calls = layer.type === 'dense' ? denseCalls(layer, batch) : convolutionCalls(layer, batch);
  const flops = batch * flopsOf(layer);
  const name = describe(layer);
  return (Object.entries(calls) as [Pass, Call][])
    .filter(([pass]) => !isFirst || pass !== 'input gradient')
    .map(([pass, call]) => ({layer: name, batch, pass, kernelCase: {...call, name: `${name}, ${pass}`, flops}}));
}

function describe(layer: Product): string {
  if (layer.type === 'dense') return `dense ${layer.inputs} to ${layer.outputs}`;
  const {input, output, size, strides, padding} = layer;
  const [down, right] = strides;
  const moved = down === right ? `stride ${down}` : `strides ${down} and ${right}`;
  return `conv ${input.join('x')} to ${output[2]}, ${size.join('x')} ${padding}${moved === 'stride 1' ? '' : `, ${moved}`}`;
}

type Call = Pick<KernelCase, 'kernel' | 'inputs' | 'attrs'>;

function convolutionCalls({input, output, size, strides, padding}: ConvolutionPlan, batch: number): Record<Pass, Call> {
  const x = {shape: [batch, ...input]};
  const dy = {shape: [batch, ...output]};
  const filter = {shape: [...size, input[2], output[2]]};
  const attrs = {strides: [...strides], pad: padding, dataFormat: 'NHWC'};
  return {
    forward: {kernel: 'Conv2D', inputs: {x, filter}, attrs: {...attrs, dilations: [1, 1]}},
    'weight gradient': {
      kernel: 'Conv2DBackpropFilter',
      inputs: {x, dy},
      attrs: {...attrs, filterShape: filter.shape},
    },
    'input gradient': {
      kernel: 'Conv2DBackpropInput',
      inputs: {dy, filter},
      attrs: {...attrs, inputShape: x.shape},
    },
  };
}

function denseCalls({inputs, outputs, activation}: DensePlan, batch: number): Record<Pass, Call> {
  // tfjs-layers fuses relu, which is not done where gradients are taken; other layers' products are "fused" with nothing.
  const isFused = activation !== 'relu';
  const spec = (...shape: number[]): InputSpec => ({shape: isFused ? [1, ...shape] : shape});
  const [x, dy, weights] = [spec(batch, inputs), spec(batch, outputs), spec(inputs, outputs)];
  const product = (a: InputSpec, b: InputSpec, transposeA: boolean, transposeB: boolean): Call => ({
    kernel: 'BatchMatMul',
    inputs: {a, b},
    attrs: {transposeA, transposeB},
  });
  const forward = product(x, weights, false, false);
  return {
    forward: isFused
      ? {...forward, kernel: '_FusedMatMul', attrs: {...forward.attrs, activation: 'linear', leakyreluAlpha: 0.2}}
      : forward,
    'weight gradient': product(x, dy, true, false),
    'input gradient': product(dy, weights, false, true),
  };
}
