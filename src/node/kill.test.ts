import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import {io, setBackend} from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import {fileSystem} from 'mnist-wasm/node';
import {afterAll, beforeAll, expect, it} from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
let folder: string;
beforeAll(async () => {
  await setBackend('cpu');
  folder = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-kill-'));
});
afterAll(() => rmSync(folder, {recursive: true}));

/** Models of 1000, 2000 ... units, whose weights are all 1, 2 ...: a topology tells which weights belong to it. */
async function artifacts(count: number): Promise<io.ModelArtifacts[]> {
  const all: io.ModelArtifacts[] = [];
  for (let i = 1; i <= count; i++) {
    const layer = tf.layers.dense({units: 1000 * i, inputShape: [50], kernelInitializer: 'zeros', useBias: false});
    const model = tf.sequential({layers: [layer]});
    await model.save(
      io.withSaveHandler(async (saved) => {
        all.push(saved);
        return {modelArtifactsInfo: io.getModelArtifactsInfoForJSON(saved)};
      }),
    );
    model.dispose();
  }
  return all;
}

/** Saves one after the other for ever, and says so after each. */
const SAVER = `
  import {readFileSync} from 'node:fs';
  import {fileSystem} from 'mnist-wasm/node';
  const [models, target] = process.argv.slice(1);
  const all = JSON.parse(readFileSync(models, 'utf8'));
  const handler = fileSystem(target);
  for (let i = 0; ; i = (i + 1) % all.length) {
    const size = all[i].weightSpecs[0].shape.reduce((a, b) => a * b);
    await handler.save({...all[i], weightData: new Float32Array(size).fill(i + 1).buffer});
    process.stdout.write('.');
  }`;

it('a process that is killed while it saves leaves a model whose parts belong together, 20 times', async () => {
  const models = await artifacts(4);
  const input = path.join(folder, 'models.json');
  const target = path.join(folder, 'model');
  writeFileSync(input, JSON.stringify(models.map(({weightData: _, ...rest}) => rest)));
  const seen = new Set<number>();
  for (let kill = 0; kill < 20; kill++) {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', SAVER, input, target], {cwd: root});
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
    expect(errors).toBe('');
    // Past a whole round of saves at most: some 10 ms each.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
    child.kill('SIGKILL');
    await once(child, 'exit');

    const loaded = await tf.loadLayersModel(fileSystem(target));
    const [kernel] = loaded.getWeights();
    const values = new Set(kernel.dataSync());
    expect([...values]).toEqual([(kernel.shape[1] as number) / 1000]);
    seen.add(kernel.shape[1] as number);
    loaded.dispose();
  }
  expect(seen.size).toBeGreaterThan(1);
  await fileSystem(target).save?.(models[0]);
  expect(readdirSync(target)).toHaveLength(2);
}, 180_000);
