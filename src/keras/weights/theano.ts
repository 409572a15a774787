import type {Assignment} from './assign.js';
import type {Layer, LayerTree, Weight} from './tree.js';

/** Layers whose kernels are turned, and in how many axes: Theano convolves where TensorFlow correlates. */
const SPATIAL: Record<string, number> = {Conv1D: 1, Conv2D: 2, Conv2DTranspose: 2, Conv3D: 3, ConvLSTM2D: 2};

/** The values of convolutions' kernels turned end to end, as Keras 2 does with a file whose `backend` is theano. */
export function turned(assignments: readonly Assignment[], tree: LayerTree): Assignment[] {
  const axes = new Map<Weight, number>();
  collect(tree, axes);
  return assignments.map((assignment) => {
    const count = axes.get(assignment.weight);
    // A bias has one axis.
    return count === undefined || assignment.shape.length !== count + 2 ? assignment : turn(assignment, count);
  });
}

function collect({layer, layers, className}: LayerTree, axes: Map<Weight, number>): void {
  for (const inner of layers ?? []) collect(inner, axes);
  if (layers !== undefined) return;
  const inner = className === 'TimeDistributed' ? (layer as Layer & {layer: Layer}).layer : layer;
  const count = SPATIAL[inner.getClassName().replace(/^Keras/, '')];
  if (count !== undefined) for (const weight of inner.weights) axes.set(weight, count);
}

/** All spatial axes reversed: the blocks of channels and filters in the opposite order. */
function turn(assignment: Assignment, count: number): Assignment {
  const read = () => {
    const data = assignment.read();
    const size = assignment.shape.slice(count).reduce((product, side) => product * side, 1);
    const blocks = data.length / size;
    const reversed = new Float32Array(data.length);
    for (let i = 0; i < blocks; i++) reversed.set(data.subarray(i * size, (i + 1) * size), (blocks - 1 - i) * size);
    return reversed;
  };
  return {...assignment, read};
}
