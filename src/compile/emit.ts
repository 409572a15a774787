import type Binaryen from 'binaryen';
import type {Step} from '../backend/step.js';
import {CompileError} from './error.js';
import {Layout} from './layout.js';
import {optimize} from './optimize.js';
import type {Port, Program} from './program.js';
import {unpackAtStart} from './unpack.js';
import {packWeights, type WeightFormat} from './weights.js';

const PAGE = 65536;
/** The memory that the kernels import, as Binaryen names it. */
const MEMORY = 'mimport$0';
/** Of what the module exports, beside `memory` and `predict`. */
const VERSION = 1;

/** A program as a WebAssembly module of its own, without imports. */
export function emitModule(binaryen: typeof Binaryen, program: Program, format: WeightFormat): Uint8Array<ArrayBuffer> {
  const module = readModule(binaryen, program);
  let folded: Module | undefined;
  try {
    const packed = packWeights(program.image, program.weights, format);
    const layout = new Layout(program, packed);
    const functions = exportedFunctions(binaryen, module);
    const apart = functionsKeptApart(program, functions);
    for (const name of functions.keys()) if (!apart.includes(name)) module.removeExport(name);
    module.addFunction(
      'predict',
      binaryen.none,
      binaryen.i32,
      [],
      predictBody(binaryen, module, program, functions, layout),
    );
    module.addFunctionExport('predict', 'predict');
    unpackAtStart(binaryen, module, packed, layout);
    exportPorts(binaryen, module, 'input', program.inputs, layout);
    exportPorts(binaryen, module, 'output', program.outputs, layout);
    exportNumber(binaryen, module, 'version', VERSION);
    setMemory(module, layout);
    folded = optimize(binaryen, module, program.image.subarray(0, program.heapBase));
    for (const name of apart) folded.removeExport(name);
    if (!folded.validate()) throw new Error('mnist-wasm: the compiled module is not valid; please report this.');
    return new Uint8Array(folded.emitBinary());
  } finally {
    module.dispose();
    folded?.dispose();
  }
}

type Module = Binaryen.Module;

/** @throws CompileError if the kernels' bytes are not at hand */
function readModule(binaryen: typeof Binaryen, {kernels}: Program): Module {
  if ('compiled' in kernels) {
    throw new CompileError(
      "the kernels came as a compiled module; call register() of 'mnist-wasm' without it to compile",
    );
  }
  const module = binaryen.readBinary(kernels.bytes);
  // A module says what it uses only where the compiler was asked to.
  module.setFeatures(binaryen.Features.All);
  return module;
}

/** The internal names of the functions that a module exports. */
function exportedFunctions(binaryen: typeof Binaryen, module: Module): Map<string, string> {
  const functions = new Map<string, string>();
  for (let i = 0; i < module.getNumExports(); i++) {
    const {name, value, kind} = binaryen.getExportInfo(module.getExportByIndex(i));
    if (kind === binaryen.ExternalFunction) functions.set(name, value);
  }
  return functions;
}

/**
 * Functions that stay exported until the module is optimised, so that none is inlined where it is called once: V8 needs
 * them as functions of their own (assembly/gemm/panels.ts).
 */
function functionsKeptApart({steps}: Program, functions: Map<string, string>): string[] {
  if (!steps.some((step) => step.kind === 'call' && step.name === 'row_times_panels_f32')) return [];
  return [...functions.keys()].filter((name) => name.startsWith('row_times_panel_of_'));
}

/** Does all steps, and returns 0; or 1 as soon as a call returns something else than in the recording. */
function predictBody(
  binaryen: typeof Binaryen,
  module: Module,
  {steps}: Program,
  functions: Map<string, string>,
  layout: Layout,
): number {
  const body = steps.map((step) => {
    if (step.kind === 'write') {
      const {offset, content} = step;
      return module.memory.copy(
        address(module, offset),
        address(module, layout.constant(content)),
        module.i32.const(content.length),
      );
    }
    return emitCall(binaryen, module, step, functions.get(step.name) as string);
  });
  return module.block(null, [...body, module.i32.const(0)], binaryen.i32);
}

function emitCall(
  binaryen: typeof Binaryen,
  module: Module,
  {numbers, result}: Extract<Step, {kind: 'call'}>,
  target: string,
): number {
  const {params, results} = binaryen.getFunctionInfo(module.getFunction(target));
  const operands = binaryen.expandType(params).map((type, i) => {
    // As JavaScript converts what it passes, and what it leaves out.
    if (type === binaryen.f32) return module.f32.const(numbers[i] ?? Number.NaN);
    if (type === binaryen.f64) return module.f64.const(numbers[i] ?? Number.NaN);
    return module.i32.const((numbers[i] ?? 0) | 0);
  });
  const call = module.call(target, operands, results);
  if (results === binaryen.none) return call;
  if (results !== binaryen.i32 || result === undefined) return module.drop(call);
  return module.if(module.i32.ne(call, module.i32.const(result | 0)), module.return(module.i32.const(1)));
}

/** An address from 0 to 2^32. */
function address(module: Module, offset: number): number {
  return module.i32.const(offset | 0);
}

/** Exports how many ports there are, and for each its address and that of its shape. */
function exportPorts(binaryen: typeof Binaryen, module: Module, kind: string, ports: Port[], layout: Layout): void {
  exportNumber(binaryen, module, `${kind}s`, ports.length);
  ports.forEach((port, i) => {
    exportNumber(binaryen, module, `${kind}_${i}`, port.offset);
    exportNumber(binaryen, module, `${kind}_${i}_shape`, layout.shape(port));
  });
}

function exportNumber(binaryen: typeof Binaryen, module: Module, name: string, value: number): void {
  const global = `of ${name}`;
  module.addGlobal(global, binaryen.i32, false, module.i32.const(value | 0));
  module.addGlobalExport(global, name);
}

/** A memory of the module's own in place of the imported one. */
function setMemory(module: Module, layout: Layout): void {
  const segments = layout.segments().map(({offset, data}) => ({offset: address(module, offset), data}));
  const pages = Math.ceil(layout.end / PAGE);
  module.setMemory(pages, pages, 'memory', segments, false, false, MEMORY);
}
