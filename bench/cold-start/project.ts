import {cpSync, existsSync, mkdirSync, readdirSync, symlinkSync} from 'node:fs';
import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {setBackend} from '@tensorflow/tfjs-core';
import {compileModel, loaderSource} from 'mnist-wasm/compile';
import {UsageError} from '../../common/errors';
import {findModel} from '../models';
import {SUBJECT} from '../subject';

/** The benchmark runs in the project's root. */
const PROGRAMS = path.resolve('bench/cold-start/programs');
const PACKAGES: Readonly<Record<string, string>> = {
  '@tensorflow': 'node_modules/@tensorflow',
  'mnist-wasm': '.',
  'onnxruntime-web': 'bench/peers/node_modules/onnxruntime-web',
};
/** What is loaded from beside a program, in a bundle too. */
const BESIDE_TFJS = ['node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'];
const BESIDE_ONNXRUNTIME = [
  'bench/peers/node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.mjs',
  'bench/peers/node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm',
];
const BUNDLES = 'bundles';

/** Where a program is in the project. */
export function fileOf(folder: string, program: string, isBundled: boolean): string {
  return path.join(folder, isBundled ? BUNDLES : '', `${program}.mjs`);
}

/** @throws UsageError where the programs are not there: the package as it is installed has none */
export function assertPrograms(): void {
  if (!existsSync(PROGRAMS)) throw new UsageError('--cold-start runs in a checkout of the project, in its root');
}

/** Makes an application's project of the programs: its packages, its model, and each program as it is and bundled. */
export async function writeProject(folder: string, programs: readonly string[]): Promise<void> {
  const hasOnnxruntime = programs.includes('onnxruntime-web');
  mkdirSync(path.join(folder, 'node_modules'));
  for (const [name, target] of Object.entries(PACKAGES)) {
    symlinkSync(path.resolve(target), path.join(folder, 'node_modules', name));
  }
  await writeFile(path.join(folder, 'package.json'), '{"type": "module"}\n');
  cpSync(PROGRAMS, folder, {recursive: true});
  await writeModel(folder, hasOnnxruntime);
  await bundle(folder, programs);
  const isData = (file: string) => /\.(bin|json|onnx|wasm)$/.test(file);
  for (const file of readdirSync(folder).filter(isData)) cpSync(path.join(folder, file), inBundles(folder, file));
  for (const file of [...BESIDE_TFJS, ...(hasOnnxruntime ? BESIDE_ONNXRUNTIME : [])]) {
    cpSync(file, inBundles(folder, path.basename(file)));
  }
}

function inBundles(folder: string, file: string): string {
  return path.join(folder, BUNDLES, file);
}

/** LeNet as each of the runtimes has it, and an image. */
async function writeModel(folder: string, withOnnx: boolean): Promise<void> {
  await setBackend(SUBJECT);
  const {create, input} = findModel('lenet');
  const model = create();
  const write = (name: string, data: string | Uint8Array) => writeFile(path.join(folder, name), data);
  await model.save({
    save: async ({modelTopology, weightSpecs, weightData}) => {
      await write('model.json', JSON.stringify({modelTopology, weightSpecs}));
      await write('weights.bin', new Uint8Array(weightData as ArrayBuffer));
      return {modelArtifactsInfo: {dateSaved: new Date(), modelTopologyType: 'JSON'}};
    },
  });
  if (withOnnx) await write('model.onnx', (await import('../onnx/export')).exportOnnx(model, 1));
  await write('lenet.wasm', await compileModel(model));
  await write('lenet.js', loaderSource('lenet.wasm'));
  model.dispose();
  const image = Float32Array.from({length: input.reduce((a, b) => a * b)}, (_, i) => Math.sin(i) ** 2);
  await write('image.bin', new Uint8Array(image.buffer));
}

async function bundle(folder: string, programs: readonly string[]): Promise<void> {
  const {build} = await import('esbuild');
  await build({
    entryPoints: programs.map((program) => path.join(folder, `${program}.mjs`)),
    outdir: path.join(folder, BUNDLES),
    outExtension: {'.js': '.mjs'},
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    // This project's own, which has the paths of its sources, is beside what the links point to.
    tsconfigRaw: '{}',
    logLevel: 'warning',
    // The packages of tfjs are CommonJS.
    banner: {
      js:
        "import {createRequire as createRequireOfBundle} from 'node:module'; " +
        "import {dirname as dirnameOfBundle} from 'node:path'; import {fileURLToPath as pathOfBundle} from 'node:url'; " +
        'const require = createRequireOfBundle(import.meta.url), __filename = pathOfBundle(import.meta.url), ' +
        '__dirname = dirnameOfBundle(__filename);',
    },
  });
}
