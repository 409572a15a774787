import type {serialization, Tensor} from '@tensorflow/tfjs-core';
import {type LayerClass, UnaryLayer} from './base.js';

/**
 * Layers that give on what they get, once a model is trained. The pictures that Keras's augmenting layers change at
 * random while it trains are not changed here, in training neither.
 */
const CLASSES = [
  'ActivityRegularization',
  'AugMix',
  'CutMix',
  'Identity',
  'MixUp',
  'RandAugment',
  'RandomBrightness',
  'RandomColorDegeneration',
  'RandomColorJitter',
  'RandomContrast',
  'RandomCrop',
  'RandomElasticTransform',
  'RandomErasing',
  'RandomFlip',
  'RandomGaussianBlur',
  'RandomGrayscale',
  'RandomHeight',
  'RandomHue',
  'RandomInvert',
  'RandomPerspective',
  'RandomPosterization',
  'RandomRotation',
  'RandomSaturation',
  'RandomSharpness',
  'RandomShear',
  'RandomTranslation',
  'RandomWidth',
  'RandomZoom',
];

/** tfjs-layers has other classes under these names. */
const TAKEN = new Set(['Identity', 'RandomWidth']);

export const INERT_LAYERS: readonly LayerClass[] = CLASSES.map(
  (className) =>
    class extends UnaryLayer {
      static readonly className: string = TAKEN.has(className) ? `Keras${className}` : className;

      constructor(config: serialization.ConfigDict) {
        super(config);
        // In Keras only these give on a mask.
        this.supportsMasking = className === 'Identity' || className === 'ActivityRegularization';
      }

      protected override compute(x: Tensor): Tensor {
        return x.clone();
      }
    },
);
