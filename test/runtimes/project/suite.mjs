/**
 * What is run in every runtime. It imports nothing, so that all of them run these very lines: a host gives what it needs.
 *
 * @typedef {{name: string, wrong?: string}} Result
 * @typedef {{level: string, fused: boolean, threads?: number, results: Result[]}} Report
 * @typedef {object} Fixture what make-fixture.mjs has written
 * @property {object} model as tfjs saves it, without the weights; trained by Node
 * @property {ArrayBuffer} weights
 * @property {Uint8Array} images of 28 x 28: those of training, and then others
 * @property {Uint8Array} labels
 * @property {number} trainSize
 * @property {Record<string, {trained: number[], predicted: number[], labels: number[], moduleBytes: number}>} expected by
 *   the way in which numbers are rounded: 'simd', or 'relaxed'
 */

/** Images whose predictions are compared, each a batch of its own: a larger batch may round otherwise. */
const COMPARED = 10;
const PIXELS = 28 * 28;
const CLASSES = 10;
const THREADS_SECONDS = 10;

/**
 * @param {object} host
 * @param host.tf tfjs-core
 * @param host.tfl tfjs-layers
 * @param {{featureLevel(): string, threadCount(): number}} host.backend an entry of the backend, registered
 * @param {Record<string, (source?: any) => Promise<any>>} host.load the `load` of each level's loader
 * @param {Fixture} host.fixture
 * @param {number} host.threads how many are to compute in the end
 * @param {(model: any) => Promise<any>} host.compiledModel
 * @param {(model: any, options: object) => Promise<Uint8Array>} [host.compileModel] where Binaryen is at hand
 * @param {any} [host.folder] an IO handler of a folder
 * @returns {Promise<Report>}
 */
export async function runSuite({tf, tfl, backend, load, fixture, threads, compiledModel, compileModel, folder}) {
  const {results, check} = newResults();
  await check('starts', async () => {
    if (!(await tf.setBackend('mnist-wasm'))) throw new Error('tf.setBackend gives false');
    same([tf.getBackend()], ['mnist-wasm'], 'the backend');
  });
  if (results[0].wrong) return failedReport('starts', results[0].wrong);

  const level = backend.featureLevel();
  const fused = multiplyAddIsFused(tf);
  const expected = fixture.expected[roundingOf(level, fused)];
  const trained = newModel(tfl);
  await check('trains batches: the loss falls', () => trainBatches(tf, trained, fixture));
  await check('trains for six epochs: the bits that Node gets', async () => {
    const fresh = newModel(tfl);
    await train(tf, fresh, fixture);
    same(predictAll(tf, fresh, fixture), expected.trained, 'a prediction');
    fresh.dispose();
  });
  await check('saves a model and loads it: the same bits', async () => {
    const before = predictAll(tf, trained, fixture);
    for (const handler of folder ? [inMemory(tf), folder] : [inMemory(tf)]) {
      await trained.save(handler);
      const loaded = await tfl.loadLayersModel(handler);
      same(predictAll(tf, loaded, fixture), before, 'a prediction of the loaded model');
      loaded.dispose();
    }
  });
  const model = await modelOf(tf, tfl, fixture);
  await check('predicts by a model from Node: the bits that Node gets', () => {
    same(predictAll(tf, model, fixture), expected.predicted, 'a prediction');
  });
  await check('compiledModel: the bits of predict', async () => {
    same(compiledPredictions(await compiledModel(model), fixture), expected.predicted, 'a prediction');
  });
  if (compileModel) {
    await check("compileModel: a module as Node's", async () => {
      const bytes = await compileModel(model, {level: 'simd'});
      const {predicted, moduleBytes} = fixture.expected.simd;
      same([bytes.length], [moduleBytes], 'the length');
      same(compiledPredictions(await load.simd(bytes), fixture), predicted, 'a prediction');
    });
  }
  await checkCompiled(check, {load, fixture, level, fused});
  return {level, fused, threads: await threadsAtLast(tf, backend, fixture.images, threads), results};
}

/**
 * The part without tfjs.
 *
 * @param {object} host
 * @param {Record<string, () => Promise<any>>} host.load
 * @param {Fixture} host.fixture
 * @param {string} host.level
 * @param {boolean} host.fused
 * @returns {Promise<Report>}
 */
export async function runCompiledSuite(host) {
  const {results, check} = newResults();
  await checkCompiled(check, host);
  return {level: host.level, fused: host.fused, results};
}

/**
 * Of a run that came to nothing.
 *
 * @param {string} name of what failed
 * @param {string} [wrong]
 * @returns {Report}
 */
export function failedReport(name, wrong) {
  return {level: '', fused: false, results: [{name, wrong: wrong || 'nothing tells why'}]};
}

async function checkCompiled(check, {load, fixture, level, fused}) {
  for (const target of level === 'simd' ? ['simd'] : ['simd', 'relaxed']) {
    const {predicted, labels} = fixture.expected[roundingOf(target, fused)];
    await check(`a module compiled for ${target}: the bits of predict`, async () => {
      same(compiledPredictions(await load[target](), fixture), predicted, 'a prediction');
    });
    await check(`a module compiled for ${target}: 1,000 images get the labels that Node gives`, async () => {
      same(compiledLabels(await load[target](), fixture), labels, 'a label');
    });
  }
}

/**
 * Relaxed SIMD leaves it to the engine whether a multiply-add rounds once or twice; where it rounds twice, the numbers are
 * those of the level 'simd'.
 */
function roundingOf(level, fused) {
  return fused ? level : 'simd';
}

/** 1 + 2^-12 squared is 1 + 2^-11 + 2^-24, of which the last is lost where the product is rounded. */
function multiplyAddIsFused(tf) {
  const factor = 1 + 2 ** -12;
  const [left] = tf.tidy(() =>
    tf.matMul(tf.tensor2d([[1, factor]]), tf.tensor2d([[-(1 + 2 ** -11)], [factor]])).dataSync(),
  );
  return left !== 0;
}

/** @returns {{results: Result[], check(name: string, task: () => unknown): Promise<void>}} */
function newResults() {
  const results = [];
  const check = async (name, task) => {
    try {
      await task();
      results.push({name});
    } catch (error) {
      results.push({name, wrong: `${error?.message}\n${error?.stack}`});
    }
  };
  return {results, check};
}

/** The initial weights are the same in every runtime. */
export function newModel({initializers, layers, sequential}) {
  const glorot = (seed) => initializers.glorotUniform({seed});
  const model = sequential({
    layers: [
      layers.conv2d({
        inputShape: [28, 28, 1],
        filters: 8,
        kernelSize: 5,
        activation: 'relu',
        kernelInitializer: glorot(1),
      }),
      layers.maxPooling2d({poolSize: 4}),
      layers.flatten(),
      layers.dense({units: CLASSES, activation: 'softmax', kernelInitializer: glorot(2)}),
    ],
  });
  model.compile({optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  return model;
}

/** Six epochs of small batches. */
export async function train(tf, model, fixture) {
  const {xs, ys} = trainingTensors(tf, fixture);
  await model.fit(xs, ys, {epochs: 6, batchSize: 20, shuffle: false, verbose: 0});
  tf.dispose([xs, ys]);
}

async function trainBatches(tf, model, fixture) {
  const {xs, ys} = trainingTensors(tf, fixture);
  const losses = [];
  for (let step = 0; step < 10; step++) losses.push((await model.trainOnBatch(xs, ys))[0]);
  tf.dispose([xs, ys]);
  const [first] = losses;
  const last = losses.at(-1);
  if (!(last < 0.95 * first)) throw new Error(`the loss of ${first} is ${last} after ten steps`);
}

function trainingTensors(tf, {images, labels, trainSize}) {
  const xs = tf.tensor4d(pixelsOf(images, 0, trainSize), [trainSize, 28, 28, 1]);
  const ys = tf.tidy(() => tf.oneHot(tf.tensor1d(labels.slice(0, trainSize), 'int32'), CLASSES));
  return {xs, ys};
}

function pixelsOf(images, from, count) {
  return Float32Array.from(images.subarray(from * PIXELS, (from + count) * PIXELS), (value) => value / 255);
}

/** The model that Node has trained and saved. */
function modelOf(tf, tfl, {model, weights}) {
  return tfl.loadLayersModel(tf.io.fromMemory({...model, weightData: weights}));
}

/** The predictions for some images that are none of those trained on. */
export function predictAll(tf, model, {images, trainSize}) {
  return Array.from({length: COMPARED}, (_, i) => {
    const input = tf.tensor4d(pixelsOf(images, trainSize + i, 1), [1, 28, 28, 1]);
    const output = model.predict(input);
    const values = [...output.dataSync()];
    tf.dispose([input, output]);
    return values;
  }).flat();
}

function compiledPredictions(model, {images, trainSize}) {
  return Array.from({length: COMPARED}, (_, i) => [...model.predict(pixelsOf(images, trainSize + i, 1))]).flat();
}

/** Of all images that are none of those trained on. */
export function compiledLabels(model, {images, labels, trainSize}) {
  return Array.from({length: labels.length - trainSize}, (_, i) => {
    const values = model.predict(pixelsOf(images, trainSize + i, 1));
    return values.indexOf(Math.max(...values));
  });
}

/** Saves to a variable, and loads from it. */
function inMemory(tf) {
  let saved;
  return {
    save: async (artifacts) => {
      saved = artifacts;
      return {modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts)};
    },
    load: async () => saved,
  };
}

/** Threads start in the background, after the first kernel that is large enough. */
async function threadsAtLast(tf, {threadCount}, images, threads) {
  const large = tf.tensor1d(Float32Array.from(images));
  const end = Date.now() + THREADS_SECONDS * 1000;
  do {
    tf.tidy(() => tf.square(large).dataSync());
    await new Promise((resolve) => setTimeout(resolve, 10));
  } while (threadCount() < threads && Date.now() < end);
  large.dispose();
  return threadCount();
}

function same(values, expected, what) {
  const at = expected.findIndex((value, i) => !Object.is(value, values[i]));
  if (at >= 0) throw new Error(`${what} (number ${at} of ${expected.length}) is ${values[at]}, not ${expected[at]}`);
  if (values.length !== expected.length) throw new Error(`${values.length} values, not ${expected.length}`);
}
