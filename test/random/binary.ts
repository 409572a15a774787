import {backend_util, type DataType, util} from '@tensorflow/tfjs-core';
import fc, {type Arbitrary} from 'fast-check';
import type {InputTemplate} from '../cases/sweeps';
import type {InputSpec, Tolerance} from '../cases/types';
import {dtypes, EXACT, family, int, type RandomCase, type RandomCases, smallShapes, withGradient} from './types';

type Shapes = [a: number[], b: number[]];

const side = fc.constantFrom('both', 'both', 'a', 'b');
const length = fc.oneof(
  {weight: 14, arbitrary: int(1, 9)},
  {weight: 2, arbitrary: fc.constantFrom(16, 17, 33)},
  {weight: 1, arbitrary: fc.constant(0)},
);
/** Rows and columns that do not fit into what is repeated in fixed scratch, or not into one chunk. */
const long = fc.oneof(
  {weight: 9, arbitrary: length},
  {weight: 1, arbitrary: int(200, 300)},
  {weight: 1, arbitrary: int(1000, 1100)},
);

/** The largest result: the CPU backend takes half a microsecond for an element of a broadcast. */
const MAX_SIZE = 4000;

/** Each dimension is in both, or is 1 in one of them, which may lack the first ones. */
function broadcast(dimensions: [n: number, side: string][], missing: number, lacks: string): Shapes {
  let size = 1;
  const all = dimensions.map(([n, side]) => {
    const fits = size * n <= MAX_SIZE ? n : 1;
    size *= fits || 1;
    return [fits, side] as const;
  });
  const shape = (other: string, side: string) =>
    all.map(([n, where]) => (where === other ? 1 : n)).slice(lacks === side ? missing : 0);
  return [shape('b', 'a'), shape('a', 'b')];
}

const pairs = fc
  .tuple(fc.tuple(long, side), fc.array(fc.tuple(length, side), {maxLength: 5}), int(0, 6), fc.constantFrom('a', 'b'))
  .map(([last, others, missing, lacks]) => broadcast([...others, last], missing, lacks));
const same = fc
  .oneof(
    fc.array(length, {maxLength: 3}),
    long.map((n) => [n]),
  )
  .map((shape): Shapes => [shape, shape]);
const anyPair = fc.oneof({weight: 3, arbitrary: pairs}, same);
const samePair = smallShapes.map((shape): Shapes => [shape, shape]);
const smallPair = fc.oneof(
  samePair,
  fc
    .tuple(fc.array(fc.tuple(int(1, 3), side), {maxLength: 3}), int(0, 3), fc.constantFrom('a', 'b'))
    .map(([dimensions, missing, lacks]) => broadcast(dimensions, missing, lacks)),
);

interface Binary {
  /** The kernel's names for its inputs. */
  names?: readonly [string, string];
  /** By default float32 and int32. */
  dtypes?: readonly DataType[];
  tolerance?: Tolerance;
  /** By default all that broadcast. */
  pairs?: Arbitrary<Shapes>;
  /** Where tfjs has a gradient, values at which finite differences tell it, and the shapes that it takes. */
  smooth?: {a: InputTemplate; b: InputTemplate; pairs?: Arbitrary<Shapes>};
}

function hasShapeOfFirst([a, b]: Shapes): boolean {
  return util.arraysEqual(backend_util.assertAndGetBroadcastShape(a, b), a);
}

/** int32 has few instead of exact ones, so that many are equal. */
const values: Arbitrary<InputTemplate> = fc.constantFrom(
  {values: 'mixed'},
  {values: 'mixed'},
  {values: 'normal'},
  {values: 'exact'},
);
const few: InputTemplate = {values: 'uniform', range: [-2, 2]};

function binary({
  names: [nameA, nameB] = ['a', 'b'],
  dtypes = ['float32', 'int32'],
  tolerance = EXACT,
  pairs = anyPair,
  smooth,
}: Binary): Arbitrary<RandomCase> {
  const cases = fc.tuple(pairs, fc.constantFrom(...dtypes), values).map(([[a, b], dtype, template]): RandomCase => {
    const drawn = dtype === 'int32' && template.values === 'exact' ? few : template;
    const spec = (shape: number[]): InputSpec => ({shape, dtype, ...drawn});
    return {inputs: {[nameA]: spec(a), [nameB]: spec(b)}, tolerance, signedZero: true};
  });
  if (!smooth) return cases;
  const differentiable = (smooth.pairs ?? smallPair).map(
    ([a, b]): RandomCase => ({inputs: {[nameA]: {shape: a, ...smooth.a}, [nameB]: {shape: b, ...smooth.b}}, tolerance}),
  );
  return withGradient(cases, differentiable);
}

const between = (low: number, high: number): InputTemplate => ({values: 'uniform', range: [low, high]});
const normal: InputTemplate = {values: 'normal'};
const kinks: InputTemplate = {values: 'distinct'};
const float: readonly DataType[] = ['float32'];
const any: readonly DataType[] = ['float32', 'int32', 'bool'];
const withComplex: readonly DataType[] = ['float32', 'int32', 'complex64'];
const bool: readonly DataType[] = ['bool'];

/** Few inputs, now and then more than fit into one call. */
const counts = fc.oneof({weight: 30, arbitrary: int(1, 9)}, int(250, 520));

/** One value of the result from one of each input. */
export const random: RandomCases = {
  ...family<Binary>(
    {
      Add: {dtypes: withComplex, smooth: {a: normal, b: normal}},
      Sub: {dtypes: withComplex, smooth: {a: normal, b: normal}},
      Multiply: {dtypes: withComplex, smooth: {a: normal, b: normal}},
      RealDiv: {dtypes: withComplex, smooth: {a: normal, b: between(0.5, 3)}},
      FloorDiv: {},
      // Divisors so large that a step of either stays within one quotient, 0 or -1.
      Mod: {smooth: {a: kinks, b: between(40, 60)}},
      // tfjs's gradients of these three do not sum over what is broadcast.
      Maximum: {smooth: {a: kinks, b: between(0.5, 0.5), pairs: samePair}},
      Minimum: {smooth: {a: kinks, b: between(0.5, 0.5), pairs: samePair}},
      SquaredDifference: {tolerance: {ulp: 2}, smooth: {a: normal, b: normal, pairs: samePair}},
      Atan2: {dtypes: float, tolerance: {ulp: 1}, smooth: {a: between(0.5, 2), b: between(-2, 2)}},
      Pow: {dtypes: float, tolerance: {ulp: 1}, smooth: {a: between(0.5, 2), b: between(-1.5, 1.5)}},
      EluGrad: {names: ['dy', 'y'], dtypes: float, tolerance: {ulp: 2}, pairs: same},
      Equal: {dtypes: any},
      NotEqual: {dtypes: any},
      Greater: {dtypes: any},
      GreaterEqual: {dtypes: any},
      Less: {dtypes: any},
      LessEqual: {dtypes: any},
      BitwiseAnd: {dtypes: ['int32']},
      LogicalAnd: {dtypes: bool},
      LogicalOr: {dtypes: bool},
      LogicalXor: {dtypes: bool},
      Prelu: {
        names: ['x', 'alpha'],
        dtypes: float,
        // tfjs's gradient of alpha sums over what is broadcast, that of x does not.
        smooth: {a: kinks, b: normal, pairs: smallPair.filter(hasShapeOfFirst)},
      },
    },
    binary,
  ),

  AddN: withGradient(
    fc.tuple(same, counts, dtypes, values).map(([[shape], count, dtype, template]) => ({
      inputs: Array.from({length: count}, () => ({shape, dtype, ...template})),
      tolerance: EXACT,
    })),
    fc
      .tuple(smallShapes, int(1, 3))
      .map(([shape, count]) => ({inputs: Array.from({length: count}, () => ({shape})), tolerance: EXACT})),
  ),
};
