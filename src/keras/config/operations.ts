import {isObject, type Json, type JsonObject} from '../json.js';
import {hasOperation, knowsSetting} from '../layers/operation.js';
import {type ConvertedLayer, type LayerContext, refuse} from './context.js';
import {type Call, type Ref, refOf} from './graph.js';
import {camelCase} from './values.js';

/** TensorFlow's functions in models of Keras 2, by the operations of Keras 3 that they are; others have one name in both. */
const FUNCTIONS: Record<string, string> = {
  concat: 'concatenate',
  pow: 'power',
  reduceMax: 'max',
  reduceMean: 'mean',
  reduceMin: 'min',
  reduceProd: 'prod',
  reduceSum: 'sum',
  truediv: 'trueDivide',
};

/** Named arguments of TensorFlow's functions that stand first in an operation's list. */
const LEADING = ['y', 'values', 'shape', 'perm', 'axis', 'dtype', 'clipValueMin', 'clipValueMax', 'b'];

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
  return isOperation || (config.trainable === undefined && hasOperation(name)) ? name : undefined;
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
  if (!hasOperation(operation)) refuse(context, `the operation ${operation} of Keras is not supported`);
  const own = Object.entries(config).filter(
    ([key]) => !['name', 'function', 'dtype', 'trainable'].includes(key) || key === operation,
  );
  if (operation === 'cast' && config.dtype !== undefined) own.push(['dtype', config.dtype]);
  const templates = calls.map((call) => {
    const inputs: Ref[] = [];
    const fill = (value: Json): Json => template(value, inputs, context);
    const given = Object.entries(call.kwargs).filter(([key]) => key !== 'name');
    const args = entry.class_name === 'TFOpLambda' ? tensorFlowArguments(call, operation) : call.args;
    const settings = [...own, ...given].map(([key, value]) => [camelCase(key), fill(value)]);
    return {inputs, arguments: args.map(fill), settings: Object.fromEntries(settings) as JsonObject};
  });
  const same = ({arguments: args, settings}: (typeof templates)[number]) => JSON.stringify({args, settings});
  if (templates.some((other) => same(other) !== same(templates[0]))) {
    refuse(context, 'called more than once, with other arguments');
  }
  const options = {operation, arguments: templates[0]?.arguments ?? [], settings: templates[0]?.settings ?? {}};
  for (const [key, value] of Object.entries(options.settings)) {
    const isArgument = entry.class_name === 'TFOpLambda' && LEADING.includes(key);
    if (isArgument || knowsSetting(operation, key, value)) continue;
    refuse(context, `${key}: ${JSON.stringify(value)} is not supported of the operation ${operation}`);
  }
  return {
    layer: {className: 'KerasOperation', config: {name, ...options}},
    inputs: templates.map(({inputs}) => inputs),
  };
}

function tensorFlowArguments(call: Call, operation: string): Json[] {
  const inputs = call.inputs as Json[];
  const first = ['concatenate', 'stack'].includes(operation) ? [inputs] : inputs;
  const camel = Object.fromEntries(Object.entries(call.kwargs).map(([key, value]) => [camelCase(key), value]));
  return [...first, ...LEADING.filter((key) => camel[key] !== undefined).map((key) => camel[key])];
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
