import type {Json, JsonObject} from '../json.js';
import {type LayerContext, refuse} from './context.js';

interface Rule {
  classes: RegExp;
  option: string;
  /** What tfjs-layers computes, whatever the option says. */
  only: readonly Json[];
}

/** Options that tfjs-layers passes over without a word: any other value would give other numbers. */
const RULES: readonly Rule[] = [
  {classes: /^/, option: 'quantization_config', only: [null]},
  {classes: /^/, option: 'lora_rank', only: [null]},
  {classes: /^InputLayer$/, option: 'sparse', only: [false, null]},
  {classes: /^InputLayer$/, option: 'ragged', only: [false, null]},
  {classes: /Conv/, option: 'groups', only: [1]},
  {classes: /^Conv.DTranspose$/, option: 'output_padding', only: [null]},
  {classes: /^Conv.DTranspose$/, option: 'dilation_rate', only: [1]},
  {classes: /^Global/, option: 'keepdims', only: [false]},
  {classes: /^ReLU$/, option: 'negative_slope', only: [0]},
  {classes: /^ReLU$/, option: 'threshold', only: [0]},
  {classes: /^UpSampling2D$/, option: 'interpolation', only: ['nearest']},
  {classes: /^BatchNormalization$/, option: 'renorm', only: [false]},
  {classes: /^LayerNormalization$/, option: 'rms_scaling', only: [false]},
  {classes: /^(SimpleRNN|LSTM|GRU|RNN)$/, option: 'time_major', only: [false]},
];

/** Names every option of a layer that tfjs-layers would pass over. */
export function checkOptions(config: JsonObject, context: LayerContext): void {
  for (const {classes, option, only} of RULES) {
    if (!classes.test(context.className) || config[option] === undefined) continue;
    const values = [config[option]].flat();
    if (!values.every((value) => only.includes(value))) {
      refuse(context, `${option}: ${JSON.stringify(config[option])} (only ${JSON.stringify(only[0])})`);
    }
  }
  if (context.className === 'Resizing') refuse(context, 'tfjs-layers takes its pixels from other places than Keras');
}
