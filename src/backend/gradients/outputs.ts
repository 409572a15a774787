import {
  Elu,
  Exp,
  exp,
  type GradConfig,
  mul,
  neg,
  pow,
  relu,
  Sigmoid,
  Softmax,
  sigmoid,
  softmax,
  Tanh,
  type Tensor,
  tanh,
} from '@tensorflow/tfjs-core';

type GradFunc = GradConfig['gradFunc'];

/** How a gradient is made of the input. */
interface FromInput {
  input: string;
  gradient(dy: Tensor, input: Tensor, ofOutput: (output: Tensor) => Tensor): Tensor;
}

const byOutput = (input: string, run: (input: Tensor) => Tensor): FromInput => ({
  input,
  gradient: (_, x, ofOutput) => ofOutput(run(x)),
});

/**
 * Operations of one input whose gradients are made of their outputs. A gradient of a gradient must find its way to the
 * input, to which tfjs-core does not link the outputs that it saves: it takes them for constants. There the input is
 * saved as well, and the output is computed of it again.
 */
export const ofOutput: Readonly<Record<string, FromInput>> = {
  // EluGrad has no gradient itself. This is 1, or e^x where x is negative.
  [Elu]: {input: 'x', gradient: (dy, x) => mul(dy, exp(neg(relu(neg(x)))))},
  [Exp]: byOutput('x', exp),
  [Sigmoid]: byOutput('x', sigmoid),
  [Softmax]: byOutput('logits', softmax),
  [Tanh]: byOutput('x', tanh),
};

/** The gradient where the output alone was saved, or the input before it. */
export const fromInput =
  ({input, gradient}: FromInput) =>
  (original: GradFunc): GradFunc =>
  (dy, saved, attrs) => {
    if (saved.length === 1) return original(dy, saved, attrs);
    return {[input]: () => gradient(dy as Tensor, saved[0], (output) => original(dy, [output], attrs)[input]())};
  };

/** The gradient of Pow, which needs the output for the exponent's alone, as a function of the inputs. */
export const powGradient =
  (original: GradFunc): GradFunc =>
  (dy, [a, b], attrs) => {
    const given = (y: Tensor) => original(dy, [a, b, y], attrs);
    return {a: () => given(a).a(), b: () => given(pow(a, b)).b()};
  };
