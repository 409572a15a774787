import {moduleIds} from '../../../build/generated/moduleIds.js';
import type {FeatureLevel} from '../options.js';

/** The custom section in which a module of kernels says which it is, see scripts/modules.mjs. */
const SECTION = 'mnist-wasm';

const ALL = ['simd', 'relaxed'];
const FOR_INFERENCE = ['inference-simd', 'inference-relaxed'];

/**
 * The feature level of kernels that a user has compiled, or imported.
 *
 * @param trains whether all kernels are needed
 * @throws Error if it is another module, or one of another version
 */
export function levelOf(module: WebAssembly.Module, trains: boolean): FeatureLevel {
  const id = idOf(module);
  const expected = trains ? ALL : [...FOR_INFERENCE, ...ALL];
  const name = expected.find((known) => moduleIds[known] === id);
  if (name) return name.endsWith('relaxed') ? 'relaxed' : 'simd';
  const files = expected.map((known) => `mnist-wasm/wasm/${known}.wasm`);
  throw new Error(
    `mnist-wasm: the option 'module' is ${described(id)}; expected the WebAssembly.Module of ${files.join(' or ')}, of ` +
      'the package that is imported.',
  );
}

function described(id: string | undefined): string {
  const [name] = id?.split(' ') ?? [];
  if (name === undefined) return 'not a module of its kernels';
  return moduleIds[name] === id ? `its '${name}'` : `its '${name}' of another version`;
}

function idOf(module: WebAssembly.Module): string | undefined {
  try {
    const [section] = WebAssembly.Module.customSections(module, SECTION);
    return section && new TextDecoder().decode(section);
  } catch {
    // It is no module.
    return undefined;
  }
}
