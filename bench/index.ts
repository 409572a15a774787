/**
 * The benchmark: the case table's kernels and the recipes' models, on mnist-wasm and its peers, one run, one thread each.
 */
import {writeFile} from 'node:fs/promises';
import os from 'node:os';
import {enableProdMode, setBackend} from '@tensorflow/tfjs-core';
import {Command} from 'commander';
import {featureLevel} from 'mnist-wasm';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-layers';
import colors from 'picocolors';
import {progress} from '../test/parity/terminal';
import {benchCases, benchKernel, type KernelResult} from './kernels';
import {benchModel, type ModelResult, modelCases} from './models';
import {measurePeakGflops} from './peak';
import {benchPyTorch, findPyTorch} from './peers/pytorch';
import {kernelTable, modelTable, SUBJECT} from './tables';

const BACKENDS = [SUBJECT, 'wasm', 'cpu'];
const PYTORCH = ['pytorch', 'pytorch channels_last'];

const program = new Command('npm run bench --')
  .description(
    'Times kernels and models on mnist-wasm, tfjs-backend-wasm and tfjs-backend-cpu, and the models on PyTorch where ' +
      'python3 has torch; medians after warm-up.',
  )
  .option('--only <text>', 'only what has this in its kernel, name or model', '')
  .option('--backends <names>', `comma-separated, of ${BACKENDS.join(', ')}`, BACKENDS.join(','))
  .option('--no-pytorch', 'leave PyTorch out')
  .option('--json <file>', 'also write the results there')
  .parse();
const options = program.opts<{only: string; backends: string; pytorch: boolean; json?: string}>();
const backends = options.backends.split(',');
const unknown = backends.filter((backend) => !BACKENDS.includes(backend));
if (unknown.length > 0)
  program.error(`error: unknown backend '${unknown[0]}'; known: ${BACKENDS.join(', ')}`, {exitCode: 2});

enableProdMode();
await setBackend(SUBJECT);
const level = featureLevel() ?? 'simd';
const peakGflops = await measurePeakGflops(level);
const machine = {cpu: os.cpus()[0]?.model, node: process.version, v8: process.versions.v8, platform: process.platform};
console.log(`${machine.cpu}, Node ${machine.node} (V8 ${machine.v8}), one thread, feature level ${colors.bold(level)}`);
console.log(`Peak of 128-bit multiply-adds in registers: ${colors.bold(peakGflops.toFixed(1))} GFLOP/s\n`);

const wanted = options.only.toLowerCase();
const python = options.pytorch ? await findPyTorch() : undefined;
if (options.pytorch && !python) console.log('PyTorch is left out: no python3 here has torch.\n');
const models: ModelResult[] = [];
for (const modelCase of modelCases) {
  const title = `${modelCase.model} ${modelCase.task}, batch ${modelCase.batch}`;
  if (!title.toLowerCase().includes(wanted)) continue;
  progress(title);
  const milliseconds = await benchModel(modelCase, backends);
  if (python) Object.assign(milliseconds, await benchPyTorch(python, modelCase));
  models.push({...modelCase, milliseconds});
}
const kernels: KernelResult[] = [];
for (const kernelCase of benchCases(options.only)) {
  progress(`${kernelCase.kernel} ${kernelCase.name}`);
  kernels.push(await benchKernel(kernelCase, backends));
}
progress('');
if (models.length + kernels.length === 0)
  program.error(`error: nothing has '${options.only}' in its name`, {exitCode: 2});
if (models.length > 0) console.log(modelTable(models, python ? [...backends, ...PYTORCH] : backends));
if (kernels.length > 0) console.log(kernelTable(kernels, backends, peakGflops));
if (options.json) {
  await writeFile(
    options.json,
    `${JSON.stringify({machine, featureLevel: level, peakGflops, models, kernels}, null, 2)}\n`,
  );
  console.log(`Written to ${options.json}`);
}
