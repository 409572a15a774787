/** What a module worker and a service worker of a browser have in common. */
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import {featureLevel, threadCount} from 'mnist-wasm';
import {compiledModel} from 'mnist-wasm/compile';
// Served as they are, beside their modules, and not bundled.
import {load as relaxed} from '/fixture/model-relaxed.js';
import {load as simd} from '/fixture/model-simd.js';
import {loadFixture} from '../fixture.mjs';
import {failedReport, runSuite} from '../suite.mjs';

/** @returns the report, or one that tells why there is none */
export async function runInBrowser(threads) {
  try {
    const fixture = await loadFixture(async (name) => (await fetch(`/fixture/${name}`)).arrayBuffer());
    const backend = {featureLevel, threadCount};
    return await runSuite({tf, tfl, backend, load: {simd, relaxed}, fixture, threads, compiledModel});
  } catch (error) {
    return failedReport('runs', `${error?.message}\n${error?.stack}`);
  }
}
