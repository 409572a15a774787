import {isObject, type Json, type JsonObject} from '../json.js';
import {computes, operationNamed} from '../layers/operations/index.js';
import {type ConvertedLayer, type LayerContext, refuse} from './context.js';
import {type Call, type Ref, refOf} from './graph.js';
import {camelCase} from './values.js';

/** TensorFlow's functions in models of Keras 2, by the operations of Keras 3 that they are; others have one name in both. */
const FUNCTIONS: Record<string, string> = {
  clipByValue: 'clip',
  concat: 'concatenate',
  floordiv: 'floorDivide',
  floormod: 'mod',
  pow: 'power',
  reduceAll: 'all',
  reduceAny: 'any',
  reduceLogsumexp: 'logsumexp',
  reduceMax: 'max',
  reduceMean: 'mean',
  reduceMin: 'min',
  reduceProd: 'prod',
  reduceStd: 'std',
  reduceSum: 'sum',
  reduceVariance: 'var',
  truediv: 'trueDivide',
};

/** Their named arguments by those of Keras's operations; others have one name in both. */
const ARGUMENTS: Record<string, Record<string, string>> = {
  clip: {clipValueMin: 'xMin', clipValueMax: 'xMax'},
  matmul: {b: 'x2'},
  oneHot: {depth: 'numClasses'},
  pad: {paddings: 'padWidth'},
  reshape: {shape: 'newshape'},
  tile: {multiples: 'repeats'},
  transpose: {perm: 'axes'},
  where: {x: 'x1', y: 'x2'},
};

/** What TensorFlow's functions do where a call does not tell, and Keras's operations do otherwise. */
const DEFAULTS: Record<string, JsonObject> = {
  argmax: {axis: 0},
  argmin: {axis: 0},
  cumprod: {axis: 0},
  cumsum: {axis: 0},
  gelu: {approximate: false},
};

/** The operation that an entry of a model is, in camel case; undefined where it is a layer. */
export function operationOf(entry: JsonObject): string | undefined {
  const config = isObject(entry.config) ? entry.config : {};
  const className = String(entry.class_name);
  if (className === 'TFOpLambda') {
    const name = camelCase(String(config.function).split('.').at(-1) ?? '');
    return FUNCTIONS[name] ?? name;
  }
  const isOperation = typeof entry.module === 'string' && /\.ops\b/.test(entry.module);
  const name = className[0].toLowerCase() + className.slice(1);
  // HDF5 files do not tell the module; a layer always tells whether it is trained.
  return isOperation || (config.trainable === undefined && operationNamed(name) !== undefined) ? name : undefined;
}

/** An operation's layer, and the tensors that it is called with. */
export function convertOperation(
  operation: string,
  entry: JsonObject,
  calls: readonly Call[],
  context: LayerContext,
): {layer: ConvertedLayer; inputs: Ref[][]} {
  const config = isObject(entry.config) ? entry.config : {};
  const name = context.names.get(context.name) ?? context.name;
  const known = operationNamed(operation);
  if (known === undefined) {
    refuse(context, `the operation ${operation} of Keras is not supported`);
    return {layer: {className: 'KerasOperation', config: {}}, inputs: []};
  }
  const isTensorFlow = entry.class_name === 'TFOpLambda';
  const own = Object.entries(isTensorFlow ? {} : config).filter(
    ([key]) => !['name', 'trainable'].includes(key) && (key !== 'dtype' || known.parameters.includes(key)),
  );
  const templates = calls.map((call) => {
    const inputs: Ref[] = [];
    const fill = (value: Json): Json => template(value, inputs, context);
    const args = isTensorFlow ? tensorFlowArguments(call, operation) : call.args;
    const given = Object.entries(call.kwargs).filter(([key]) => key !== 'name');
    const settings = [...own, ...given].map(([key, value]) => [camelCase(key), fill(value)]);
    const named = Object.fromEntries(settings) as JsonObject;
    return {
      inputs,
      arguments: args.map(fill),
      settings: isTensorFlow ? tensorFlowSettings(named, operation) : named,
    };
  });
  const same = ({arguments: args, settings}: (typeof templates)[number]) => JSON.stringify({args, settings});
  if (templates.some((other) => same(other) !== same(templates[0]))) {
    refuse(context, 'called more than once, with other arguments');
  }
  const options = {operation, arguments: templates[0]?.arguments ?? [], settings: templates[0]?.settings ?? {}};
  const placed = known.parameters[0].startsWith('...') ? [] : options.arguments;
  const told = [
    ...placed.map((value, i): [string, Json] => [known.parameters[i] ?? `argument ${i + 1}`, value]),
    ...Object.entries(options.settings),
  ];
  for (const [key, value] of told) {
    if (computes(known, key, value)) continue;
    refuse(context, `${key}: ${JSON.stringify(value)} is not supported of the operation ${operation}`);
  }
  return {
    layer: {className: 'KerasOperation', config: {name, ...options}},
    inputs: templates.map(({inputs}) => inputs),
  };
}

function tensorFlowArguments(call: Call, operation: string): Json[] {
  const inputs = call.inputs as Json[];
  return ['concatenate', 'stack'].includes(operation) ? [inputs] : inputs;
}

function tensorFlowSettings(given: JsonObject, operation: string): JsonObject {
  const names: Record<string, string> = {y: 'x2', ...ARGUMENTS[operation]};
  const named = Object.entries(given).map(([key, value]): [string, Json] => [
    Object.hasOwn(names, key) ? names[key] : key,
    // `CONSTANT`, `REFLECT`.
    key === 'mode' && typeof value === 'string' ? value.toLowerCase() : value,
  ]);
  return {...DEFAULTS[operation], ...Object.fromEntries(named)};
}

/** Tensors become their places among the inputs, Keras's objects plain values. */
function template(value: Json, inputs: Ref[], context: LayerContext): Json {
  const ref = refOf(value);
  if (ref) return {input: inputs.push(ref) - 1};
  if (Array.isArray(value)) return value.map((item) => template(item, inputs, context));
  if (!isObject(value)) return value;
  const {class_name: className, config} = value;
  const inner = isObject(config) ? config : {};
  switch (className) {
    case '__tuple__':
      return template(value.items, inputs, context);
    case '__ellipsis__':
      return '...';
    case '__numpy__':
    case '__tensor__':
      return inner.value ?? null;
    case 'slice':
    case '__slice__':
      return {start: inner.start ?? null, stop: inner.stop ?? null, step: inner.step ?? null};
    case 'DTypePolicy':
      return inner.name ?? null;
    default:
      refuse(context, `called with an argument of the class ${className}`);
      return null;
  }
}
