import * as tfl from '@tensorflow/tfjs-layers';

const {conv2d, dense, flatten, maxPooling2d} = tfl.layers;

/** LeNet-5, with maxima and relu. */
export function createLeNet() {
  const model = tfl.sequential({
    layers: [
      conv2d({inputShape: [28, 28, 1], filters: 6, kernelSize: 5, padding: 'same', activation: 'relu'}),
      maxPooling2d({poolSize: 2}),
      conv2d({filters: 16, kernelSize: 5, activation: 'relu'}),
      maxPooling2d({poolSize: 2}),
      flatten(),
      dense({units: 120, activation: 'relu'}),
      dense({units: 84, activation: 'relu'}),
      dense({units: 10, activation: 'softmax'}),
    ],
  });
  model.compile({optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  return model;
}
