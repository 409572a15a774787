/** A Web Worker that trains, once for each message: a feature level. Answers with what became of it. */
import type {FeatureLevel} from 'mnist-wasm';
import {type Trained, trainLenet} from './lenet';
import {describeFailure, type Failure} from './tell';

export type Answer = {trained: Trained} | {failure: Failure};

addEventListener('message', async ({data}: MessageEvent<FeatureLevel>) => {
  let answer: Answer;
  try {
    answer = {trained: await trainLenet(data)};
  } catch (error) {
    answer = {failure: describeFailure(error)};
  }
  postMessage(answer);
});
