import {moduleIds} from '../../../build/generated/moduleIds.js';
import type {FeatureLevel} from '../options.js';

/** The custom section in which a module of kernels says which it is, see scripts/modules.mjs. */
const SECTION = 'mnist-wasm';

/**
 * The feature level of kernels that a user has compiled, or imported.
 *
 * @throws Error if it is another module, or one of another version
 */
export function levelOf(module: WebAssembly.Module): FeatureLevel {
  const id = idOf(module);
  const level = (['simd', 'relaxed'] as const).find((known) => moduleIds[known] === id);
  if (level) return level;
  const [name] = id?.split(' ') ?? [];
  const given =
    name === undefined
      ? 'not a module of its kernels'
      : name in moduleIds
        ? `its '${name}' of another version`
        : `its '${name}'`;
  throw new Error(
    `mnist-wasm: the option 'module' is ${given}; expected the WebAssembly.Module of mnist-wasm/wasm/simd.wasm or ` +
      'mnist-wasm/wasm/relaxed.wasm, of the package that is imported.',
  );
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
