/** The JavaScript of README.md and docs/ runs as it is printed, each snippet by itself, with the packed package. */
import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {build, type Plugin} from 'esbuild';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {run, runModule} from '../child';
import {type PackedProject, packedProject} from '../packed-project';
import {compileLenet, folderWithLenet} from './compiled';
import {type Snippet, snippetsIn} from './markdown';

/** Those that import a .wasm file as a module, as runtimes on the edge have it. */
const isForTheEdge = ({text}: Snippet) => /^import .*\.wasm';$/m.test(text);

let packed: PackedProject;
let count = 0;

beforeAll(async () => {
  packed = await packedProject(['binaryen']);
  await compileLenet(packed.folder);
}, 120_000);

afterAll(() => packed?.remove());

const snippets = snippetsIn('js');

it.each(snippets.filter((snippet) => !isForTheEdge(snippet)))(
  '$file:$line runs in Node',
  async ({text}) => {
    const folder = await folderWithLenet(packed.folder, `node-${count++}`);
    await writeFile(path.join(folder, 'snippet.mjs'), text);
    const finished = await run(process.execPath, ['snippet.mjs'], {cwd: folder});
    expect({...finished, stdout: ''}).toEqual({code: 0, stdout: '', stderr: ''});
    if (text.includes('console.log')) expect(finished.stdout).not.toBe('');
  },
  180_000,
);

it.each(snippets.filter(isForTheEdge))('$file:$line runs as a bundler for workerd builds it', async ({text}) => {
  const folder = await folderWithLenet(packed.folder, `edge-${count++}`);
  await writeFile(path.join(folder, 'snippet.mjs'), text);
  await build({
    entryPoints: [path.join(folder, 'snippet.mjs')],
    outfile: path.join(folder, 'bundle.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['workerd'],
    external: ['@tensorflow/*', 'node:*'],
    plugins: [compiledModules],
  });
  expect(await run(process.execPath, ['bundle.mjs'], {cwd: folder})).toEqual({code: 0, stdout: '', stderr: ''});
});

it('the first script of README.md reads digits', async () => {
  const folder = await folderWithLenet(packed.folder, `first-${count++}`);
  await writeFile(path.join(folder, 'snippet.mjs'), snippets[0].text);
  const {stdout} = await run(process.execPath, ['snippet.mjs'], {cwd: folder, env: {MNIST_DIR: ''}});
  const [, accuracy] = /^test accuracy ([\d.]+) %$/m.exec(stdout) ?? [];
  // Its weights begin at random.
  expect(Number(accuracy)).toBeGreaterThan(90);
  expect(stdout).toMatch(/^read as \d, it is a \d$/m);
}, 180_000);

it('core and layers alone have no chained operations, as README.md says', async () => {
  const source = `import * as tf from '@tensorflow/tfjs-core';
    import '@tensorflow/tfjs-layers';
    import 'mnist-wasm';
    await tf.setBackend('mnist-wasm');
    console.log('add' in tf.tensor1d([1]));`;
  expect(await runModule(source, {cwd: packed.folder})).toEqual({code: 0, stdout: 'false\n', stderr: ''});
});

/** An imported .wasm file is a compiled module, as wrangler makes it. */
const compiledModules: Plugin = {
  name: 'compiled modules',
  setup: ({onLoad}) =>
    onLoad({filter: /\.wasm$/}, ({path: file}) => ({
      contents: `
        import {readFileSync} from 'node:fs';
        export default new WebAssembly.Module(readFileSync(${JSON.stringify(file)}));`,
      resolveDir: path.dirname(file),
    })),
};
