import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import {setBackend} from '@tensorflow/tfjs-core';
import {input, layers, model as modelOf, type SymbolicTensor, sequential} from '@tensorflow/tfjs-layers';
import {fileSystem} from 'mnist-wasm/node';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {lenet} from '../../recipes';
import {run} from '../../test/child';

const PROGRAM = path.resolve(import.meta.dirname, '../../dist/cli/index.js');

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-convert-'));
  await setBackend('cpu');
  const model = lenet(1);
  await model.save(fileSystem(path.join(folder, 'run/model')));
  writeFileSync(path.join(folder, 'run/run.json'), '{}');
  model.dispose();
});
afterAll(() => rmSync(folder, {recursive: true}));

function convert(...args: string[]) {
  return run(process.execPath, [PROGRAM, 'convert', ...args], {cwd: folder});
}

const inFolder = (name: string) => path.join(folder, name);

it('a round trip through .h5 keeps every bit of the weights', async () => {
  expect(await convert('run', 'lenet.h5')).toMatchObject({code: 0, stderr: ''});
  expect(await convert('lenet.h5', 'again')).toMatchObject({code: 0, stderr: ''});
  const weights = async (location: string) => {
    const artifacts = await fileSystem(inFolder(location)).load?.();
    return Buffer.from(artifacts?.weightData as ArrayBuffer).toString('base64');
  };
  expect(await weights('again')).toBe(await weights('run/model'));
});

describe('a target', () => {
  beforeAll(() => {
    mkdirSync(inFolder('folder.h5'));
    writeFileSync(inFolder('taken.h5'), 'kept');
    mkdirSync(inFolder('taken'));
    writeFileSync(inFolder('taken/model.json'), 'kept');
    mkdirSync(inFolder('v1.final'));
  });

  it.each<[string, RegExp]>([
    [
      'run/run.json/x.h5',
      /^error: the target: cannot write to the folder run\/run\.json: a part of its path is a file\n$/,
    ],
    ['folder.h5', /^error: cannot write folder\.h5: it is there, and is no file\n$/],
    ['run', /^error: cannot write into run: it holds a run/],
    ['', /^error: cannot write '': expected a file ending in \.h5, or a folder\n$/],
    ['lenet.keras', /^error: cannot write lenet\.keras: .*\.h5/],
    ['lenet.hdf5', /^error: cannot write lenet\.hdf5: .*\.h5/],
    ['taken.h5', /^error: taken\.h5 is there: --overwrite replaces it\n$/],
    ['taken', /^error: taken holds a model: --overwrite replaces it\n$/],
    ['out.h6', /^error: cannot write out\.h6: .* ending in \.h5, or a folder.*out\.h6\/\n$/],
    ['deep/out.keas', /^error: cannot write deep\/out\.keas: .* ending in \.h5, or a folder.*deep\/out\.keas\/\n$/],
    ['out.H5x', /^error: cannot write out\.H5x: /],
  ])('%s is refused', async (target, message) => {
    const {code, stderr} = await convert('run', target);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
    for (const name of ['taken.h5', 'taken/model.json']) expect(readFileSync(inFolder(name), 'utf8')).toBe('kept');
    for (const name of ['out.h6', 'deep']) expect(existsSync(inFolder(name))).toBe(false);
  });

  it.each([
    ['named.v2/', 'named.v2/model.json'],
    ['v1.final', 'v1.final/model.json'],
    ['lenet-1.5', 'lenet-1.5/model.json'],
  ])('%s is a folder', async (target, file) => {
    expect(await convert('run', target)).toMatchObject({code: 0, stderr: ''});
    expect(existsSync(inFolder(file))).toBe(true);
  });

  it('that is there is replaced with --overwrite', async () => {
    expect(await convert('run', 'taken.h5', '--overwrite')).toMatchObject({code: 0, stderr: ''});
    expect(readFileSync(inFolder('taken.h5')).subarray(1, 4).toString()).toBe('HDF');
    mkdirSync(inFolder('former'));
    writeFileSync(inFolder('former/model.json'), '{}');
    expect(await convert('run', 'former', '--overwrite')).toMatchObject({code: 0, stderr: ''});
    expect(readFileSync(inFolder('former/model.json'), 'utf8')).toContain('weightsManifest');
  });
});

it('writes models within models as the Keras that is named counts their calls', async () => {
  const inner = sequential({layers: [layers.dense({units: 2, inputShape: [3]})]});
  const x = input({shape: [3]});
  const y = layers.add().apply([inner.apply(x), inner.apply(x)] as SymbolicTensor[]) as SymbolicTensor;
  const model = modelOf({inputs: x, outputs: y});
  await model.save(fileSystem(inFolder('nested')));
  model.dispose();
  inner.dispose();
  expect((await convert('nested', 'two.h5')).stdout).toMatch(/for Keras 3 write it with --keras 3/);
  expect(await convert('nested', 'three.h5', '--keras', '3')).toMatchObject({
    code: 0,
    stdout: 'Written to three.h5\n',
  });
  for (const [file, version, first] of [
    ['two.h5', '2.4.0', 1],
    ['three.h5', '3.0.0', 0],
  ] as const) {
    const bytes = readFileSync(inFolder(file)).toString('latin1');
    expect(bytes).toContain(version);
    const calls = new RegExp(`\\[\\["${inner.name}",${first},0,\\{\\}\\],\\["${inner.name}",${first + 1},0`);
    expect(bytes).toMatch(calls);
    expect(await convert(file, `again-${version}`)).toMatchObject({code: 0});
  }
  const refused = await convert('nested', 'folder', '--keras', '3');
  expect(refused).toMatchObject({code: 2, stdout: ''});
  expect(refused.stderr).toMatch(/--keras 3 is for a file ending in \.h5, and folder is a folder/);
  expect(await convert('nested', 'four.h5', '--keras', '4')).toMatchObject({code: 2});
});
