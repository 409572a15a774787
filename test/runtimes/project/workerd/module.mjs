/** The native kernels of a module that the worker imports itself. */
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import {compiledModel} from 'mnist-wasm/compile';
import {featureLevel, register, threadCount} from 'mnist-wasm/native';
import module from 'mnist-wasm/wasm/simd.wasm';
import {runSuite} from '../suite.mjs';
import {answerWith, load} from './host.mjs';

register({module});
const backend = {featureLevel, threadCount};
export default answerWith((fixture) => runSuite({tf, tfl, backend, load, fixture, threads: 1, compiledModel}));
