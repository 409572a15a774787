import * as nsfwjs from 'nsfwjs/core';
import {MobileNetV2Model} from 'nsfwjs/models/mobilenet_v2';
import {picture} from '../inputs.mjs';

export async function load(tf) {
  // It tells where models can be had.
  console.info = () => {};
  const model = await nsfwjs.load('MobileNetV2', {modelDefinitions: [MobileNetV2Model]});
  const image = picture(tf, '@vladmandic/face-api/demo/sample1.jpg');
  return {
    async run() {
      const classes = await model.classify(image);
      return {
        answers: classes.map(({className}) => className),
        values: {probabilities: classes.map(({probability}) => probability)},
      };
    },
  };
}
