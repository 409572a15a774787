/**
 * What is wrong with an argument: which, what was expected, and what was given. Callers without types give anything.
 */
export function misfit(name: string, expected: string, value: unknown): string {
  return `${name}: expected ${expected}, got ${given(value)}.`;
}

/** Makes the error of a part of the package of a message. */
export type ErrorOf = (message: string) => Error;

const typeError: ErrorOf = (message) => new TypeError(message);

/** @throws what `errorOf` makes, by default a TypeError, where the argument is not right */
export function assertGiven(
  isRight: boolean,
  name: string,
  expected: string,
  value: unknown,
  errorOf: ErrorOf = typeError,
): void {
  if (!isRight) throw errorOf(misfit(name, expected, value));
}

/** @throws where it is no object with options; undefined stands for the defaults */
export function assertOptions(value: unknown, errorOf?: ErrorOf): void {
  assertGiven(value === undefined || isPlain(value), 'options', 'an object', value, errorOf);
}

/** @throws where one of these options is neither left out nor true or false */
export function assertBooleans(options: object, names: readonly string[]): void {
  for (const name of names) {
    const value = (options as Record<string, unknown>)[name];
    assertGiven(value === undefined || typeof value === 'boolean', name, 'true or false', value);
  }
}

/** @throws where one of these options is neither left out nor a function */
export function assertFunctions(options: object, names: readonly string[]): void {
  for (const name of names) {
    const value = (options as Record<string, unknown>)[name];
    assertGiven(value === undefined || typeof value === 'function', name, 'a function', value);
  }
}

/** @throws where it is no string with something in it */
export function assertText(name: string, expected: string, value: unknown): asserts value is string {
  assertGiven(typeof value === 'string' && value !== '', name, expected, value);
}

interface Model {
  getClassName(): string;
  weights: {originalName: string; read(): unknown}[];
}

/** By its methods: an application may have a tfjs-layers of its own. @throws where it is no model, or a disposed one */
export function assertLayersModel(value: unknown, errorOf: ErrorOf): void {
  const {getClassName, layers, inputs} = (value ?? {}) as Record<string, unknown>;
  const isModel =
    typeof getClassName === 'function' && Array.isArray(layers) && (inputs === undefined || Array.isArray(inputs));
  assertGiven(isModel, 'model', 'a LayersModel of tfjs-layers', value, errorOf);
  for (const weight of (value as Model).weights) {
    try {
      weight.read();
    } catch {
      throw errorOf(`model: expected one with its weights, got one that is disposed (${weight.originalName}).`);
    }
  }
}

/** By its properties: an application may have a tfjs-core of its own. @throws where it is no tensor, or a disposed one */
export function assertTensor(name: string, value: unknown): void {
  const {shape, dataId, isDisposed} = (value ?? {}) as Record<string, unknown>;
  assertGiven(Array.isArray(shape) && dataId !== undefined, name, 'a tensor', value);
  if (isDisposed === true) throw new TypeError(`${name}: expected a tensor, got one that is disposed.`);
}

/** Of whatever realm they are from. */
export function isBytes(value: unknown): value is Uint8Array {
  return Object.prototype.toString.call(value) === '[object Uint8Array]';
}

export function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

/** A value of any kind, in a few words. */
function given(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value === ''
        ? 'an empty string'
        : `the string '${value.length > 40 ? `${value.slice(0, 40)}...` : value}'`;
    case 'symbol':
    case 'function':
      return `a ${typeof value}`;
    case 'object':
      break;
    default:
      return String(value);
  }
  if (value === null) return 'null';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  const name = (value as object).constructor?.name ?? 'Object';
  if (ArrayBuffer.isView(value)) return `a ${name} of ${value.byteLength} bytes`;
  return name === 'Object' ? `an object with ${keysOf(value)}` : `an object of the class ${name}`;
}

function keysOf(value: object): string {
  const keys = Object.keys(value);
  if (keys.length === 0) return 'nothing in it';
  return `${keys.slice(0, 4).join(', ')}${keys.length > 4 ? ' ...' : ''}`;
}
