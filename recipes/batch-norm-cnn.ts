import {batchNormCnn} from './models/batch-norm-cnn';
import type {Recipe} from './recipe';

/**
 * In each stage the step size is Adam's default, falling to 0, which is ours: where it stayed as it is, the accuracy after
 * the first stage was 99.02 % (seed 1), and after the second 99.51 %.
 */
export const batchNormCnnRecipe: Recipe = {
  name: 'batch-norm-cnn',
  title: 'Batch-norm CNN',
  summary: 'four convolutions with batch normalisation, then trained on with augmented images',
  models: [{name: 'batch-norm-cnn', title: 'Batch-norm CNN', published: [0.9921, 0.9919], build: batchNormCnn}],
  stages: [
    {title: 'as they are', epochs: 3, batchSize: 128},
    {
      title: 'augmented',
      epochs: 5,
      batchSize: 64,
      augmentation: {
        rotationRange: 7,
        widthShiftRange: 0.05,
        heightShiftRange: 0.07,
        shearRange: 0.2,
        zoomRange: 0.05,
        fillMode: 'nearest',
      },
    },
  ],
  optimizer: {name: 'adam', learningRate: 0.001, decays: true},
  loss: 'categoricalCrossentropy',
  validation: {on: 'test'},
};
