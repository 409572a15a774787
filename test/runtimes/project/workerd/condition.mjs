/** The whole backend: the bundler's condition `workerd` picks the entry that imports its kernels as modules. */
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import {featureLevel, threadCount} from 'mnist-wasm';
import {compiledModel} from 'mnist-wasm/compile';
import {runSuite} from '../suite.mjs';
import {answerWith, load} from './host.mjs';

const backend = {featureLevel, threadCount};
export default answerWith((fixture) => runSuite({tf, tfl, backend, load, fixture, threads: 1, compiledModel}));
