import {layerCalls, OPTIMIZER_CALLS, type Option} from '../calls';
import type {NetworkSpec, TrainingSpec} from '../spec';
import {EPOCHS, HELD_OUT} from './settings';

/** A script for Python with Keras 3 that builds, trains and tests a network. */
export function kerasCode(spec: NetworkSpec): string {
  const {training} = spec;
  const layers = layerCalls(spec).map(
    ({keras, options: {inputShape: _, ...options}}) => `    layers.${keras}(${kwargs(options)}),`,
  );
  const {keras, kerasOptions} = OPTIMIZER_CALLS[training.optimizer];
  const rate = training.schedule === 'linear' ? 'learning_rate' : String(training.learningRate);
  return `# pip install keras tensorflow
# python network.py
import keras
from keras import layers, optimizers, regularizers

(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
x_train = x_train.reshape(-1, 28, 28, 1).astype("float32") / 255
x_test = x_test.reshape(-1, 28, 28, 1).astype("float32") / 255
y_train = keras.utils.to_categorical(y_train, 10)
y_test = keras.utils.to_categorical(y_test, 10)

model = keras.Sequential([
    keras.Input(shape=(28, 28, 1)),
${layers.join('\n')}
])
model.summary()

epochs = ${EPOCHS}
batch_size = ${training.batchSize}
${schedule(training)}model.compile(
    optimizer=optimizers.${keras}(${[`learning_rate=${rate}`, kwargs(kerasOptions)].filter(Boolean).join(', ')}),
    loss="categorical_crossentropy",
    metrics=["accuracy"],
)
model.fit(x_train, y_train, epochs=epochs, batch_size=batch_size, validation_split=${HELD_OUT})
loss, accuracy = model.evaluate(x_test, y_test, batch_size=500)
print("test loss", loss, "accuracy", accuracy)
`;
}

function schedule({schedule: name, learningRate}: TrainingSpec): string {
  if (name === 'constant') return '';
  return `# The learning rate falls to 0 from step to step.
steps = epochs * -(-int(len(x_train) * ${1 - HELD_OUT}) // batch_size)
learning_rate = optimizers.schedules.PolynomialDecay(${learningRate}, decay_steps=steps, end_learning_rate=0.0)

`;
}

function kwargs(options: Readonly<Record<string, Option>>): string {
  return Object.entries(options)
    .map(([name, value]) => `${snakeCase(name)}=${literal(value)}`)
    .join(', ');
}

function literal(value: Option): string {
  if (Array.isArray(value)) return `(${value.join(', ')})`;
  if (typeof value === 'object') return `regularizers.L2(${value.l2})`;
  return typeof value === 'string' ? `"${value}"` : String(value);
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
