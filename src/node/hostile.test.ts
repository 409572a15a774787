import '@tensorflow/tfjs-backend-cpu';
import {execSync} from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {type io, setBackend} from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import * as fc from 'fast-check';
import {fileSystem, ModelFileError} from 'mnist-wasm/node';
import {afterEach, beforeEach, expect, it} from 'vitest';

let folder: string;
beforeEach(async () => {
  await setBackend('cpu');
  folder = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-model-'));
  const kernelInitializer = tf.initializers.glorotUniform({seed: 1});
  const model = tf.sequential({layers: [tf.layers.dense({units: 50, inputShape: [30], kernelInitializer})]});
  await model.save(fileSystem(inFolder('model')));
  model.dispose();
});
afterEach(() => rmSync(folder, {recursive: true}));

const pipe = (file: string) => execSync(`mkfifo '${file}'`);
const inFolder = (...names: string[]) => path.join(folder, ...names);
const topology = () => inFolder('model', 'model.json');
const readJson = () => JSON.parse(readFileSync(topology(), 'utf8')) as io.ModelJSON;
const weights = () => inFolder('model', readJson().weightsManifest[0].paths[0]);
const load = () => fileSystem(inFolder('model')).load?.() as Promise<io.ModelArtifacts>;

function change(edit: (json: io.ModelJSON) => void): void {
  const json = readJson();
  edit(json);
  writeFileSync(topology(), JSON.stringify(json));
}

async function refusal(): Promise<string> {
  const error = await load().then(
    () => 'loaded',
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(ModelFileError);
  return error.message;
}

it('weights that were changed after they were saved are refused', async () => {
  const bytes = readFileSync(weights());
  bytes[1234] ^= 0x40;
  writeFileSync(weights(), bytes);
  expect(await refusal()).toMatch(/are damaged: a hash .* weights\.[\da-f]{16}|weights\.[\da-f]{16}\.bin are damaged/);
  // Under a name that tells no hash nobody can know.
  const other = inFolder('model', 'weights.bin');
  renameSync(weights(), other);
  change((json) => {
    json.weightsManifest[0].paths = ['./weights.bin'];
  });
  expect((await load()).weightData).toBeInstanceOf(ArrayBuffer);
});

it.each([
  '../kept.bin',
  'a/../../kept.bin',
  '..\\kept.bin',
  '/etc/hostname',
  'C:\\kept.bin',
  '\\\\host\\kept.bin',
  'c:kept.bin',
])('a path that leads out of the folder is refused: %s', async (name) => {
  writeFileSync(inFolder('kept.bin'), readFileSync(weights()));
  change((json) => {
    json.weightsManifest[0].paths = [name];
  });
  expect(await refusal()).toMatch(/names the weights .*expected a file in its own folder or below/);
});

it('links are followed, as stores of models have them; pipes, devices and folders are not read', async () => {
  const bytes = readFileSync(weights());
  rmSync(weights());
  writeFileSync(inFolder('blob'), bytes);
  symlinkSync(inFolder('blob'), weights());
  expect((await load()).weightData).toBeInstanceOf(ArrayBuffer);
  if (process.platform === 'win32') return;
  for (const what of ['pipe', 'device', 'folder', 'socket']) {
    rmSync(weights(), {recursive: true});
    if (what === 'pipe') pipe(weights());
    else if (what === 'folder') mkdirSync(weights());
    else symlinkSync(what === 'device' ? '/dev/zero' : '/dev/stdin', weights());
    expect(await refusal(), what).toMatch(/Cannot read the model file .*: (it is not a regular file|ENXIO.*|ENOENT.*)/);
  }
  rmSync(topology());
  pipe(topology());
  expect(await refusal()).toMatch(/model\.json: it is not a regular file/);
});

it('lengths are compared before anything is read', async () => {
  truncateSync(weights(), 2 ** 40);
  expect(await refusal()).toMatch(/are 1099511627776 bytes, expected 6200/);
});

it.each<[string, (spec: Record<string, unknown>) => void]>([
  ['no name', (spec) => delete spec.name],
  ['no shape', (spec) => delete spec.shape],
  ['a side of -1', (spec) => Object.assign(spec, {shape: [-30, -50]})],
  ['half a side', (spec) => Object.assign(spec, {shape: [0.5, 3000]})],
  ['another dtype', (spec) => Object.assign(spec, {dtype: 'float33'})],
  ['a dtype that every object has', (spec) => Object.assign(spec, {dtype: 'constructor'})],
  ['quantised to nothing known', (spec) => Object.assign(spec, {quantization: {dtype: 'toString', min: 0, scale: 1}})],
])('a weight with %s is refused', async (_, edit) => {
  change((json) => edit(json.weightsManifest[0].weights[0] as unknown as Record<string, unknown>));
  expect(await refusal()).toMatch(/has a weight with no name, shape or dtype/);
});

it('a model.json that is nested 100,000 levels deep is refused', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  writeFileSync(topology(), `{"modelTopology": {"a": ${deep}}, "weightsManifest": []}`);
  expect(await refusal()).toMatch(/nested more than 500 levels deep/);
  writeFileSync(topology(), '{"modelTopology": null, "weightsManifest": []}');
  expect(await refusal()).toMatch(/no modelTopology/);
});

it('bytes that are flipped, cut off or added give an error or the same weights', async () => {
  const files = [topology(), weights()].map((file) => ({file, bytes: readFileSync(file)}));
  const whole = Buffer.from((await load()).weightData as ArrayBuffer);
  const damage = fc.record({
    which: fc.nat(1),
    kind: fc.constantFrom('flip', 'cut', 'add'),
    at: fc.double({min: 0, max: 1, maxExcluded: true, noNaN: true}),
    bit: fc.nat(7),
  });
  await fc.assert(
    fc.asyncProperty(damage, async ({which, kind, at, bit}) => {
      const {file, bytes} = files[which];
      const place = Math.floor(at * bytes.length);
      const damaged = kind === 'cut' ? bytes.subarray(0, place) : Buffer.from(bytes);
      if (kind === 'flip') damaged[place] ^= 1 << bit;
      writeFileSync(file, kind === 'add' ? Buffer.concat([damaged, bytes.subarray(place)]) : damaged);
      try {
        const {weightData} = await load();
        expect(whole.equals(Buffer.from(weightData as ArrayBuffer))).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(ModelFileError);
      } finally {
        writeFileSync(file, bytes);
      }
    }),
    {seed: 17, numRuns: 300},
  );
});
