/** The snippets of README.md and docs/ pass the type checker, strict, as TypeScript, with the declarations of the packed package. */
import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {run} from '../child';
import {type PackedProject, packedProject} from '../packed-project';
import {compileLenet, folderWithLenet} from './compiled';
import {inlineModule, root, snippetsIn} from './markdown';

const COMPILERS = {
  'TypeScript of this project': 'node_modules/typescript/bin/tsc',
  'TypeScript 5.6': 'node_modules/@arethetypeswrong/core/node_modules/typescript/bin/tsc',
};
const RESOLUTIONS = [
  {module: 'esnext', moduleResolution: 'bundler'},
  {module: 'node16', moduleResolution: 'node16'},
  {module: 'nodenext', moduleResolution: 'nodenext'},
];
/** What bundlers for the edge have in their own types. */
const WASM_MODULES = "declare module '*.wasm' {\n  const module: WebAssembly.Module;\n  export default module;\n}\n";
/** What is written nowhere as a snippet, but for which the types are made. */
const MORE = `
import * as tf from '@tensorflow/tfjs-core';
import {type MnistWasmMemory, threadCount} from 'mnist-wasm';
import * as tfl from '@tensorflow/tfjs-layers';
import {compileModel} from 'mnist-wasm/compile';
import {saveKerasH5} from 'mnist-wasm/keras';
import {type LoadOptions, loadMnist, toTensors} from 'mnist-wasm/mnist';
import {ImageDataGenerator} from 'mnist-wasm/training';

const memory: tf.MemoryInfo = tf.memory();
const heap: number | undefined = tf.memory().heapBytes;
const held: MnistWasmMemory['heldBytes'] | undefined = tf.memory().heldBytes;
const threads: number = threadCount();
const options: LoadOptions = {trainSize: 10};
const {train} = await loadMnist(options);
const images: tf.Tensor4D = toTensors(train).xs;
const rows: tf.Tensor2D = toTensors(train, {flatten: true}).xs;
const either: tf.Tensor4D | tf.Tensor2D = toTensors(train, {flatten: Math.random() < 0.5}).xs;
const generator = new ImageDataGenerator({rotationRange: 7});
const flow = generator.flow(tf.reshape(rows, [-1, 28, 28, 1]), toTensors(train).ys);
const moved: tf.Tensor4D = generator.randomTransform(tf.stack(tf.unstack(images)));
const model = tfl.sequential();
const download = new Blob([await saveKerasH5(model)]);
const compiled: WebAssembly.Module = await WebAssembly.compile(await compileModel(model));
// @ts-expect-error: tensors are no options
toTensors(train, {flatten: images});
// @ts-expect-error: there is no such count
tf.memory().heapByte;
console.log(memory, heap, held, threads, either, flow, moved, download, compiled);
export {};
`;

let packed: PackedProject;
let folder: string;

beforeAll(async () => {
  packed = await packedProject(['binaryen', '@types/node', 'undici-types']);
  await compileLenet(packed.folder);
  folder = await folderWithLenet(packed.folder, 'types');
  await writeFile(path.join(folder, 'wasm.d.ts'), WASM_MODULES);
  await writeFile(path.join(folder, 'more.ts'), MORE);
  for (const snippet of snippetsIn('js', 'ts', 'html')) {
    const name = `${path.basename(snippet.file, '.md')}-${snippet.line}.ts`;
    const text = snippet.language === 'html' ? inlineModule(snippet) : snippet.text;
    await writeFile(path.join(folder, name), `${text}\nexport {};\n`);
  }
}, 120_000);

afterAll(() => packed?.remove());

describe.each(Object.entries(COMPILERS))('%s', (_, compiler) => {
  it.each(RESOLUTIONS)(
    'accepts all of them with moduleResolution $moduleResolution',
    async (resolution) => {
      const compilerOptions = {
        strict: true,
        noEmit: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: true,
        target: 'es2022',
        lib: ['es2023', 'dom', 'dom.iterable'],
        types: ['node'],
        ...resolution,
      };
      await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify({compilerOptions, include: ['*.ts']}));
      const {code, stdout} = await run(process.execPath, [path.join(root, compiler), '-p', folder], {cwd: folder});
      expect({code, stdout}).toEqual({code: 0, stdout: ''});
    },
    60_000,
  );
});
