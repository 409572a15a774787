import 'mnist-wasm';
import {setBackend} from '@tensorflow/tfjs-core';
import type {Sequential} from '@tensorflow/tfjs-layers';
import {beforeAll, describe, expect, it} from 'vitest';
import {alexnet} from './alexnet';
import {batchNormCnn} from './batch-norm-cnn';
import {lenet} from './lenet';
import {mlp} from './mlp';
import {simpleCnn} from './simple-cnn';
import {stridedCnn} from './strided-cnn';

beforeAll(async () => {
  await setBackend('mnist-wasm');
});

describe('the model', () => {
  const published: [string, () => Sequential, all: number, trained: number][] = [
    ['lenet', () => lenet(1), 61_706, 61_706],
    ['alexnet', () => alexnet(1), 29_976_778, 29_976_778],
    ['batchNormCnn', () => batchNormCnn(1), 601_578, 598_250],
    ['stridedCnn', () => stridedCnn(1), 336_490, 335_594],
    ['mlp', () => mlp(1), 269_322, 269_322],
    ['mlp with dropout and L2', () => mlp(1, {l2Layers: 2, dropoutRate: 0.45}), 269_322, 269_322],
    ['simpleCnn with 32 filters', () => simpleCnn(1, 32), 1_103_230, 1_103_230],
    ['simpleCnn with 64 filters', () => simpleCnn(1, 64), 2_185_150, 2_185_150],
  ];

  it.for(published)('%s has as many parameters as published', ([, create, all, trained]) => {
    const model = create();
    const trainable = model.trainableWeights.reduce(
      (sum, {shape}) => sum + shape.reduce<number>((a, b) => a * (b ?? 1), 1),
      0,
    );
    expect([model.countParams(), trainable]).toEqual([all, trained]);
    expect(model.outputShape).toEqual([null, 10]);
    model.dispose();
  });
});
