import * as nsfwjs from 'nsfwjs/core';
import {picture} from './inputs.mjs';

/** Classifies one picture by a model of nsfwjs, as its package has it. */
export async function loadClassifier(tf, name, definition) {
  // It tells where models can be had.
  console.info = () => {};
  const model = await nsfwjs.load(name, {modelDefinitions: [definition]});
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
