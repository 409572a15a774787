import {createRequire} from 'node:module';
import {builtInDigits} from 'mnist-wasm/mnist';

const EXAMPLES = 2000;
const QUESTIONS = 20;

export async function load(tf) {
  const {create} = createRequire(import.meta.url)('@tensorflow-models/knn-classifier');
  const {train, test} = builtInDigits({trainSize: EXAMPLES, testSize: QUESTIONS});
  const imageOf = ({images}, i) =>
    tf.tensor1d(Float32Array.from(images.subarray(784 * i, 784 * (i + 1)), (v) => v / 255));
  const classifier = create();
  for (let i = 0; i < EXAMPLES; i++) {
    const image = imageOf(train, i);
    classifier.addExample(image, train.labels[i]);
    image.dispose();
  }
  const questions = Array.from({length: QUESTIONS}, (_, i) => imageOf(test, i));
  return {
    async run() {
      const predictions = [];
      for (const question of questions) predictions.push(await classifier.predictClass(question, 10));
      return {
        answers: predictions.map(({label}) => label),
        values: {confidences: predictions.flatMap(({confidences}) => Object.values(confidences))},
      };
    },
  };
}
