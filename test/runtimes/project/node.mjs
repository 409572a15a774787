/**
 * Runs the suite where there are files and processes: in Node, Deno and Bun. Prints the report as a line of JSON. Argument:
 * how many threads are to compute.
 */
import {readFile} from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import {featureLevel, threadCount} from 'mnist-wasm';
import {compiledModel, compileModel} from 'mnist-wasm/compile';
import {fileSystem} from 'mnist-wasm/node';
import {load as relaxed} from './fixture/model-relaxed.js';
import {load as simd} from './fixture/model-simd.js';
import {loadFixture} from './fixture.mjs';
import {runSuite} from './suite.mjs';

const buffer = async (name) => new Uint8Array(await readFile(new URL(`fixture/${name}`, import.meta.url))).buffer;
const report = await runSuite({
  tf,
  tfl,
  backend: {featureLevel, threadCount},
  load: {simd, relaxed},
  fixture: await loadFixture(buffer),
  threads: Number(process.argv[2]),
  compiledModel,
  compileModel,
  folder: fileSystem(new URL('out', import.meta.url)),
});
console.log(`report: ${JSON.stringify(report)}`);
