import {isObject, type Json, type JsonObject} from '../json.js';
import {type LayerContext, refuse} from './context.js';
import {makesMask} from './masks.js';

interface Rule {
  classes: RegExp;
  option: string;
  /** What is computed, whatever the option says. */
  only: readonly Json[];
}

/** Options that are passed over without a word: any other value would give other numbers. */
const RULES: readonly Rule[] = [
  {classes: /^/, option: 'quantization_config', only: [null]},
  {classes: /^/, option: 'lora_rank', only: [null]},
  {classes: /^InputLayer$/, option: 'sparse', only: [false, null]},
  {classes: /^InputLayer$/, option: 'ragged', only: [false, null]},
  {classes: /^Conv3DTranspose$/, option: 'output_padding', only: [null]},
  {classes: /^Conv3DTranspose$/, option: 'dilation_rate', only: [1]},
  {classes: /^UpSampling2D$/, option: 'interpolation', only: ['nearest', 'bilinear']},
  {classes: /^(Resizing|CenterCrop)$/, option: 'interpolation', only: ['bilinear', 'nearest']},
  {classes: /^Resizing$/, option: 'crop_to_aspect_ratio', only: [false]},
  {classes: /^Resizing$/, option: 'pad_to_aspect_ratio', only: [false]},
  {classes: /^Resizing$/, option: 'antialias', only: [false]},
  {classes: /^CategoryEncoding$/, option: 'sparse', only: [false]},
  {classes: /^Discretization$/, option: 'output_mode', only: ['int']},
  {classes: /^MultiHeadAttention$/, option: 'use_gate', only: [false]},
  {classes: /^MultiHeadAttention$/, option: 'sliding_window', only: [null]},
  {classes: /^MultiHeadAttention$/, option: 'attention_axes', only: [null, 1]},
  {classes: /^BatchNormalization$/, option: 'renorm', only: [false]},
  {classes: /^LayerNormalization$/, option: 'rms_scaling', only: [false]},
  {classes: /^(SimpleRNN|LSTM|GRU|RNN)$/, option: 'time_major', only: [false]},
];

/** Names every option of a layer that would be passed over. */
export function checkOptions(config: JsonObject, context: LayerContext): void {
  if (context.className === 'Conv3DTranspose' && config.padding === 'same' && hasGaps(config)) {
    refuse(context, 'padding: "same" with strides above the kernel\'s size');
  }
  if (context.className === 'SpectralNormalization' && isObject(config.layer) && makesMask(config.layer)) {
    refuse(context, 'around a layer that makes a mask');
  }
  if (context.className === 'RandomCrop' && !context.randomCropKeeps) {
    refuse(context, 'in a file of Keras before 3.15, which may resize pictures at inference');
  }
  for (const {classes, option, only} of RULES) {
    if (!classes.test(context.className) || config[option] === undefined) continue;
    const values = [config[option]].flat();
    if (!values.every((value) => only.includes(value))) {
      refuse(
        context,
        `${option}: ${JSON.stringify(config[option])} (only ${only.map((value) => JSON.stringify(value)).join(' or ')})`,
      );
    }
  }
}

/** Whether a stride is longer than the kernel: entries of the output that none of the input reaches. */
function hasGaps({strides, kernel_size: kernel}: JsonObject): boolean {
  const sizes = [kernel ?? 1].flat();
  return [strides ?? 1].flat().some((stride, i) => Number(stride) > Number(sizes[i] ?? sizes[0]));
}
