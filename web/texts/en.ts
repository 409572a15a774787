/**
 * All that the page says, in English. A translation is a file beside this one whose object is of the type `Texts`; index.ts
 * chooses. Sentences with values are functions, so that each language puts the values where it wants them.
 */
import {count, duration, percent, plainNumber, shortNumber, threadsInWords} from '../../common/format';
import type {BackendName} from '../lab/types';
import type {NumberRule} from '../network/rules';
import type {Activation, LayerKind, OptimizerName, Padding, TrainingSpec} from '../network/spec';
import type {RaceRecord} from '../race/figures';
import type {Phase, Standing} from '../race/types';

/** 14 × 14 × 6, or 400. */
const sizes = (shape: readonly number[]) => shape.map(count).join(' × ');

/** What a link or a file has in a place, as it stands there. */
const given = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value)?.slice(0, 40));

/** Fractions as they are. */
const plain = (value: number) => (Number.isInteger(value) ? count(value) : String(value));

const digitsInWords = (digits: number) => (digits === 1 ? '1 digit' : `${count(digits)} digits`);

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);

const layerTitles: Record<LayerKind, string> = {
  conv2d: 'Convolution',
  maxPooling: 'Max pooling',
  averagePooling: 'Average pooling',
  flatten: 'Flatten',
  dense: 'Dense',
  dropout: 'Dropout',
  batchNormalization: 'Batch normalisation',
  activation: 'Activation',
};

const activations: Record<Activation, string> = {
  linear: 'none (linear)',
  relu: 'ReLU: negative to 0',
  elu: 'ELU',
  tanh: 'tanh: −1 to 1',
  sigmoid: 'sigmoid: 0 to 1',
  softplus: 'softplus',
};

const paddings: Record<Padding, string> = {same: 'padded', valid: 'not padded'};

const optimizers: Record<OptimizerName, string> = {
  sgd: 'SGD: plain steps downhill',
  momentum: 'SGD with momentum',
  adam: 'Adam',
  adamax: 'Adamax',
  rmsprop: 'RMSprop',
  adagrad: 'Adagrad',
  adadelta: 'Adadelta',
};

const schedules: Record<TrainingSpec['schedule'], string> = {constant: 'stays', linear: 'falls to 0'};

/** Of one of the four files. */
const files = {
  trainImages: 'training images',
  trainLabels: 'training labels',
  testImages: 'test images',
  testLabels: 'test labels',
};

/** Of layers by the names that tfjs gives to them: what each is called, and what it does, in one sentence. */
const layers: Record<string, {title: string; does: string}> = {
  Conv2D: {
    title: layerTitles.conv2d,
    does: 'Small filters slide over the pictures before; each makes a picture of where it finds its pattern.',
  },
  DepthwiseConv2D: {
    title: 'Convolution, each channel apart',
    does: 'Each picture before is searched by a small filter of its own.',
  },
  SeparableConv2D: {
    title: 'Convolution in two steps',
    does: 'Small filters search each picture before, then what they found is mixed into new pictures.',
  },
  Conv2DTranspose: {
    title: 'Enlarging convolution',
    does: 'Small filters paint larger pictures out of those before.',
  },
  MaxPooling2D: {
    title: layerTitles.maxPooling,
    does: 'Makes each picture smaller: of each little square of pixels the brightest stays.',
  },
  AveragePooling2D: {
    title: layerTitles.averagePooling,
    does: 'Makes each picture smaller: each little square of pixels becomes one, their mean.',
  },
  GlobalMaxPooling2D: {
    title: 'Max pooling of whole pictures',
    does: 'Of each picture only its brightest pixel stays.',
  },
  GlobalAveragePooling2D: {
    title: 'Average pooling of whole pictures',
    does: 'Of each picture only the mean of its pixels stays.',
  },
  BatchNormalization: {
    title: layerTitles.batchNormalization,
    does: 'Shifts and stretches each picture or cell so that its values are of a usual size.',
  },
  Dropout: {
    title: layerTitles.dropout,
    does: 'While the network trains, it leaves out some values by chance, so that no one is relied on; now it lets all pass.',
  },
  Flatten: {
    title: layerTitles.flatten,
    does: 'Puts the pixels of all pictures into one long row; nothing is computed.',
  },
  Reshape: {
    title: 'Another shape',
    does: 'Arranges the same numbers in another way; nothing is computed.',
  },
  Dense: {
    title: layerTitles.dense,
    does: 'Each unit adds up all values before it, each times a weight of its own: what it has learned to look for.',
  },
  Activation: {title: layerTitles.activation, does: 'Bends each value by a simple rule.'},
  ReLU: {title: layerTitles.activation, does: 'What is negative becomes 0, all else stays.'},
  Softmax: {title: 'Softmax', does: 'Turns scores into shares that sum to 1.'},
  InputLayer: {title: 'Picture', does: 'The digit.'},
};

const signed = (value: number) => (value < 0 ? `−${-value}` : String(value));
const degrees = (value: number) => `${signed(value)}°`;
const pixels = (value: number) => `${signed(value)} ${Math.abs(value) === 1 ? 'pixel' : 'pixels'}`;

const plainEpochs = (epochs: number) => {
  const rounded = Math.round(epochs * 100) / 100;
  return `${rounded} ${rounded === 1 ? 'epoch' : 'epochs'}`;
};

/** Of speeds: what rounds and clocks differ by. */
const nearlyOne = (ratio: number) => ratio > 0.95 && ratio < 1.05;

const asFastAs = (ratio: number, other: string) =>
  nearlyOne(ratio) ? `about as fast as ${other}` : `${shortNumber(ratio)} times as fast as ${other}`;

const racePhases: Record<Phase, string> = {
  inference: 'Reading digits (inference)',
  training: 'Learning (a training step)',
};

const raceVerbs: Record<Phase, string> = {inference: 'classifies', training: 'trains'};

const enumerated = (parts: readonly string[]) =>
  parts.length === 1 ? parts[0] : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

export const en = {
  /** As in <html lang>. */
  language: 'en',

  page: {
    title: 'Teach a network to read digits',
    /** Of the browser's tab. */
    fullTitle: 'Teach a network to read digits – mnist-wasm',
    shortTitle: 'Digits',
    description: 'Train a neural network on handwritten digits in your browser, and draw your own.',
    intro: 'A neural network learns here, in your browser. Nothing that you draw leaves it.',
    needsScript: 'This page trains a neural network in your browser, for which it needs JavaScript.',
    sections: 'Sections',
  },

  /** The links at the top, in which each section has one word. */
  nav: {
    draw: 'Draw',
    training: 'Learning',
    inside: 'Look inside',
    mistakes: 'Mistakes',
    break: 'Break it',
    model: 'Network',
    compare: 'Compare',
    data: 'Images',
    own: 'Your digits',
    race: 'Race',
    keep: 'Keep',
    tour: 'Tour',
  },

  tour: {
    label: 'Guided tour',
    step: (number: number, of: number) => `${number} of ${of}:`,
    next: 'Next',
    done: 'Done',
    skip: 'Skip the tour',
    steps: {
      draw: {title: 'Draw', text: 'Draw a digit on the black pad, as large as it is.'},
      guess: {
        title: 'A bad guess',
        text: 'Nobody has taught the network yet: it guesses. The bars show how sure it is of each digit. Press the blue button Train.',
      },
      watch: {
        title: 'It learns',
        text: 'It looks at digits that people wrote, a handful at a time, and each time changes its numbers a little, so that it would have been less wrong. Watch the curve rise. Meanwhile press Clear, and draw again.',
      },
      inside: {
        title: 'What it looks for',
        text: 'A filter is a small pattern that is slid over your drawing. Where the drawing is like the pattern, the picture below it is bright. Draw something else, and see which filters answer.',
      },
      mistakes: {
        title: 'Where it fails',
        text: 'Choose a number off the blue diagonal: these images were read wrong. Press one, and look above which pixels matter for the answer. Then erase those under Break it: does the answer tip?',
      },
      change: {
        title: 'Your turn',
        text: 'Choose another network or other images, train it, and see whether it becomes better.',
      },
    },
  },

  draw: {
    title: 'Draw a digit',
    pad: 'Drawing pad',
    help: 'Draw large, with mouse or finger. With keys: arrows move the pen, space sets it down and lifts it, delete clears.',
    clear: 'Clear',
    back: 'Back to the drawing',
    sample: (label: number) => `An image of the data set: a ${label}`,
    truth: (label: number) => `It is a ${label}.`,
    why: 'See why it reads what it reads',
    reads: 'It reads',
    readsWith: (digit: number, probability: number) => `It reads a ${digit}, ${percent(probability, 0)} sure.`,
    small: 'The drawing in 28 by 28 pixels',
    sees: 'what it sees',
    probabilities: 'Probability of each digit',
    probability: (value: number) => percent(value, 1),
    dock: 'Digit and training',
    dockPicture: 'The digit that is shown',
    dockEmpty: 'Draw',
    dockAnswer: (digit: number, probability: number) => `${digit}, ${percent(probability, 0)}`,
    dockBack: ', back to the pad',
  },

  training: {
    title: 'How it learns',
    train: 'Train',
    further: 'Train further',
    pause: 'Pause',
    resume: 'Resume',
    stop: 'Stop',
    test: 'Test',
    progress: 'Progress of the training',
    testAccuracy: 'Test accuracy',
    seeMistakes: 'see its mistakes',
    epochs: (stages: number) => (stages > 1 ? `Epochs, in each of ${stages} stages` : 'Epochs'),
    batchSize: 'Batch size',
    learningRate: 'Learning rate',
    explained:
      'An epoch is one pass over all training images. A batch is how many images it looks at before it changes its weights, the numbers that it learns; the learning rate is how far it changes them.',
    accuracy: 'Training accuracy',
    speed: 'Images per second',
    threads: (threads: number) => `on ${threadsInWords(threads)}`,
    time: 'Time',
    duration: (seconds: number) => duration(seconds),
    curves: {accuracy: 'Accuracy: the share that it reads right', loss: 'Loss: how far off its answers are'},
    curve: (title: string, trained: string, others: string) =>
      `${title}. By epoch. Last: ${trained} on the images it trains on, ${others} on others.`,
    unknown: 'not known',
    epoch: 'epoch',
    onTrained: 'on the images it trains on',
    onOthers: 'on others, held back',
    begun: 'Training has begun.',
    tested: (accuracy: number) => `${percent(accuracy)} of the test images are read right.`,
  },

  /** What the page is doing, and what the network is. */
  state: {
    compiling: 'Compiling the network …',
    starting: 'Starting …',
    preparing: 'Preparing the images …',
    where: (epoch: number, epochs: number, stage: string) => `epoch ${epoch} of ${epochs}${stage && `, ${stage}`}`,
    training: (where: string, left: string) => `Training: ${where}. ${left}`,
    paused: (where: string | undefined) => `Paused in ${where ?? 'the first epoch'}.`,
    testing: (images: number) => `Testing on ${count(images)} images that it has never seen …`,
    secondsLeft: (seconds: number) => `About ${seconds} seconds left.`,
    minutesLeft: (minutes: number) => `About ${minutes} minutes left.`,
    hoursLeft: (hours: number) => `About ${hours} hours left: choose fewer epochs or a smaller network, or let it run.`,
    diverged:
      'Training ran away: the loss was no longer a number. The last good weights are back; try a smaller learning rate.',
    stopped: 'Stopped; the network stays as it is now.',
    early: 'It no longer became better: training ended early, with the best weights.',
    trained: 'Trained.',
    guesses: 'Not trained yet, it guesses.',
    untrained: 'Not trained yet: it guesses. Press Train and watch it learn.',
    testedBefore: (accuracy: number) =>
      `A trained network: ${percent(accuracy)} of the test images were right when it was tested.`,
    unknown: 'A network from outside: what it has learned is not known here. Test it to see.',
    right: (accuracy: number, images: number) => `It reads ${percent(accuracy)} of ${count(images)} test images right.`,
  },

  data: {
    title: 'The images that it learns from',
    loading: 'Loading images …',
    titles: {digits: 'Built-in digits, not MNIST', files: 'Your files', mnist: 'MNIST'},
    sizes: (train: number, test: number) => `: ${count(train)} images to learn from, ${count(test)} for the test.`,
    from: {
      digits: 'This page draws them, as a pen would.',
      files: 'They stay on this device, until the page is closed.',
      kept: 'Kept in this browser: it is here without a network too.',
      notKept: 'This browser keeps it only until the page is closed.',
    },
    files,
    download: (file: string) => `Download of the ${file}`,
    downloading: (file: string, received: number, total: number | undefined) =>
      `Downloading the ${file}: ${megabytes(received)}${total ? ` of ${megabytes(total)}` : ''} MB`,
    samples: 'Some of the images',
    show: 'Show the network this',
    others: 'Other samples',
    press: 'Press one to show it to the network.',
    choose: 'Use other images',
    mnist: 'MNIST',
    mnistIs: (where: string) => `70,000 digits that people wrote, ${where}`,
    where: {
      kept: 'kept in this browser',
      server: 'from this server: 11 MB',
      internet: 'from the internet, where that is allowed to a page: 11 MB',
    },
    digits: 'Built-in digits',
    digitsAre: '24,000 digits that this page draws: nothing to download',
    inUse: ' – in use',
    forget: 'Remove MNIST from this browser (55 MB)',
    pick: 'Choose four files',
    pickHint:
      'The four files of MNIST, or of other images in the same form, all at once: plain or .gz. Or drop them here.',
    toDownload: 'MNIST to download:',
    nowInUse: (description: string) => `Now in use: ${description}.`,
    forgotten: 'MNIST is no longer kept in this browser.',
    notLoaded: (reason: string) => `MNIST could not be loaded; the built-in digits are in use. ${reason}`,
    damaged: 'MNIST as it is kept in this browser is damaged. Remove it, and load it again.',
    notThere: 'MNIST is not kept in this browser.',
    refused:
      'MNIST could not be fetched from the internet: there is no network, or the mirrors do not let pages of other sites fetch it. You can download its four files by the links below, and drop them here.',
    none: 'No images are loaded yet.',
  },

  mistakes: {
    title: 'Mistakes',
    before: 'After training: which digits it takes for which, on test images that it has never seen.',
    summary: (correct: number, total: number, accuracy: number) =>
      `${count(correct)} of ${count(total)} test images are read right (${percent(accuracy)}), ${count(total - correct)} wrong.`,
    surest: 'The surest mistakes',
    hardly: (label: number) => `Read right as ${label}, but hardly`,
    readAs: (label: number, predicted: number) => `${label} read as ${predicted}`,
    cell: (label: number, predicted: number, images: number) => `${label} read as ${predicted}: ${images}`,
    all: 'All mistakes',
    press: 'Press one to show it to the network.',
    picture: (label: number) => `A handwritten ${label}`,
    sure: (confidence: number) => `${percent(confidence, 0)} sure`,
    matrix: 'Confusion matrix',
    caption: 'Rows: the true digit. Columns: what it was read as. Choose a number to see its images.',
  },

  break: {
    title: 'Break it',
    explained:
      'Spoil the digit step by step, and watch the probabilities beside the pad. The network has seen only upright digits in the middle of a clean image: what it has not seen, it has not learned.',
    drawFirst: 'Draw a digit first, or press one of the images.',
    before: 'whole',
    after: 'broken',
    wholePicture: 'The digit before',
    brokenPicture: 'The broken digit',
    back: 'Back to whole',
    shown: 'It is shown the broken digit.',
    otherNoise: 'Other noise',
    changes: {
      rotation: 'Turn',
      right: 'Move right or left',
      down: 'Move down or up',
      size: 'Size',
      contrast: 'Strength of the ink',
      noise: 'Noise',
      erased: 'Erase a square of',
      erasedColumn: 'Erased square, from the left',
      erasedRow: 'Erased square, from the top',
    },
    values: {
      rotation: degrees,
      right: pixels,
      down: pixels,
      size: (value: number) => percent(value, 0),
      contrast: (value: number) => percent(value, 0),
      noise: (value: number) => percent(value, 0),
      erased: pixels,
      erasedColumn: pixels,
      erasedRow: pixels,
    },
    sweep: (change: string) => `${change}: what it reads over the whole range`,
    sweepExplained: 'The higher a bar, the surer. Blue: the same answer as to the whole digit; orange: another one.',
    run: (digit: number, from: string, to: string) => `${digit} from ${from} to ${to}`,
  },

  compare: {
    title: 'Compare trainings',
    empty:
      'Each training that ends is kept here, in this browser: its settings, its curve, and what came of it. Train, change something, train again, and see which is better.',
    explained: (runs: number) =>
      runs === 1
        ? 'One training is kept in this browser. Change something, and train again.'
        : `The last ${runs} trainings of this browser, on the images that they trained on. Of the settings those are told that differ.`,
    metric: 'Curve',
    metrics: {accuracy: 'accuracy', loss: 'loss'},
    axis: 'Over',
    axes: {epochs: 'epochs', seconds: 'seconds'},
    chart: (metric: string, curves: number) => `${curves} curves of ${metric}; the table has the figures.`,
    now: 'under way',
    table: 'Trainings',
    shown: (title: string) => `Show the curve of ${title}`,
    columns: {
      title: 'Network',
      settings: 'Settings',
      accuracy: 'Test accuracy',
      seconds: 'Time',
      parameters: 'Weights',
    },
    sorted: (column: string) => `Sort by ${column}`,
    settings: {
      optimizer: (name: string) => name,
      learningRate: (rate: number) => `learning rate ${rate}`,
      batchSize: (size: number) => `batches of ${count(size)}`,
      epochs: (epochs: number, before: number, stopped: boolean) =>
        `${plainEpochs(epochs - before)}${before > 0 ? ` after ${plainEpochs(before)}` : ''}${stopped ? ', stopped' : ''}`,
      images: (source: string, images: number) =>
        `${count(images)} ${source === 'digits' ? 'built-in digits' : source === 'files' ? 'images of files' : 'images of MNIST'}`,
      backend: (name: string, threads: number | undefined) =>
        threads === undefined ? name : `${name}, ${threadsInWords(threads)}`,
    },
    when: (id: number) => new Date(id).toLocaleString(undefined, {dateStyle: 'medium', timeStyle: 'short'}),
    accuracy: (accuracy: number | undefined) => (accuracy === undefined ? 'not tested' : percent(accuracy)),
    seconds: (seconds: number) => duration(seconds),
    actions: {again: 'Same again', takeUp: 'Load', remove: 'Remove'},
    againTitle: (title: string) => `Same again: ${title}, untrained`,
    takeUpTitle: (title: string) => `Load ${title} as it was at the end`,
    removeTitle: (title: string) => `Remove the training of ${title}`,
    removeAll: 'Remove all trainings',
    again: (title: string) => `${title} is there again, untrained, with the same settings.`,
    takenUp: (title: string) => `${title} is the network in use.`,
    removed: (runs: number) => (runs === 1 ? 'The training is removed.' : `${runs} trainings are removed.`),
    notKept: (reason: string) => `The training cannot be kept in this browser: ${reason}.`,
    weightsNotKept: (reason: string) => `The training is kept without its weights: ${reason}.`,
    noWeights: 'The weights of this training are no longer in this browser.',

    // Two networks side by side.
    second: 'Two networks side by side',
    secondExplained: 'Both read the digit on the pad. Choose a network that was trained before.',
    beside: 'Beside the one in use',
    none: 'none',
    ofRun: (title: string, accuracy: string, when: string) => `${title}, ${accuracy} (${when})`,
    inUse: 'in use',
    test: 'Test both on the same images',
    isSecond: (title: string) => `${title} is beside the network in use.`,
    agreement: {
      both: 'both right',
      first: 'only the one in use right',
      second: 'only the other right',
      neither: 'both wrong',
    },
    agreementOf: (images: number, words: string) => `${count(images)} ${words}`,
    readAs: (label: number, first: number, second: number) =>
      `A ${label}: the one in use reads ${first}, the other ${second}. Show it to both.`,
    reads: (first: number, second: number) => `${first} | ${second}`,
    noImages: 'There are none.',
    tested: (first: number, second: number) =>
      `${count(first)} images are read right only by the network in use, ${count(second)} only by the other.`,
  },

  keep: {
    title: 'Keep the network',
    inBrowser: 'In this browser',
    inBrowserExplained:
      "It stays when the page is closed, until the browser's data is cleared. What a training ends with is kept by itself.",
    name: 'Name',
    keep: 'Keep',
    replace: 'Replace',
    replaces: 'A network of that name is kept already; it would be replaced.',
    list: 'Networks in this browser',
    none: 'Nothing is kept yet.',
    load: 'Load',
    loadOf: (name: string) => `Load ${name}`,
    delete: 'Delete',
    deleteOf: (name: string) => `Delete ${name}`,
    forGood: 'Delete for good',
    forGoodOf: (name: string) => `Delete for good: ${name}`,
    no: 'No',
    noOf: (name: string) => `No, keep ${name}`,
    kept: (name: string) => `${name} is kept in this browser.`,
    deleted: (name: string) => `${name} is deleted.`,
    inUse: (title: string) => `${title} is the model in use.`,
    saved: (files: readonly string[]) => `${files.join(' and ')}: saved with the browser's downloads.`,
    withAccuracy: (title: string, accuracy: number) => `${title}, ${percent(accuracy)}`,
    right: (accuracy: number) => `${percent(accuracy)} right`,
    when: (saved: Date) => saved.toLocaleString(undefined, {dateStyle: 'medium', timeStyle: 'short'}),
    fileSize: (bytes: number) => (bytes < 1e5 ? `${Math.ceil(bytes / 1e3)} kB` : `${megabytes(bytes)} MB`),
    fromFile: 'From a file',
    choose: 'Choose files',
    chooseHint: 'A Keras file (.h5, .keras), or a model.json together with its weights (.bin). Or drop them here.',
  },

  takeHome: {
    title: 'Take it home',
    explained: 'The trained network as files, and the lines that load each.',
    formats: {
      keras: {
        title: 'For Keras, in Python',
        button: 'Keras (.h5)',
        note: 'One file, which Keras 2 and 3 read.',
      },
      tfjs: {
        title: 'For TensorFlow.js, in JavaScript',
        button: 'TensorFlow.js (.json and .bin)',
        note: 'Two files that belong beside each other.',
      },
      module: {
        title: 'As a program of its own',
        button: 'WebAssembly (.wasm and .js)',
        note: 'It needs no library, and computes the same in a browser, on a server, or in any other host of WebAssembly.',
      },
      page: {
        title: 'As a page to draw on',
        button: 'Web page (.html)',
        note: 'One file: open it, without a network, and send it to whom you like. What is in it can be read, and changed.',
      },
    },
    loads: (title: string) => `Lines that load it: ${title}`,
    copyLines: 'Copy these lines',
    linesCopied: 'The lines are copied.',
    opens: 'It opens by a double click.',
    images: '784 numbers, from 0 for background to 1 for ink',
    batch: 'of the shape model.input_shape, from 0 for background to 1 for ink',
    level: 'Instructions',
    levels: {simd: 'simd: any browser', relaxed: 'relaxed: faster, newer browsers'},
    weights: 'Weights',
    weightFormats: {
      float32: 'exact (float32)',
      float16: 'half the size (float16)',
      int8: 'a quarter of the size (int8)',
    },
    compilerNote:
      'For these two the network is compiled; the first time the compiler is fetched, 12 MB, or 2.5 compressed.',
    compiled: (bytes: number, seconds: number) =>
      `Compiled in ${duration(seconds)}: a module of ${bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${megabytes(bytes)} MB`}.`,
    tooLarge: (parameters: number, most: number) =>
      `This network has ${count(parameters)} weights; the page compiles up to ${count(most)}. Save it for Keras, and compile that file by: npx mnist-wasm compile`,
    noCompiler:
      'The compiler cannot be fetched: it needs the network the first time. If it fails with a network too, keep this model, reload the page and load it again.',
  },

  race: {
    title: 'Race',
    threads: (threads: number) => `mnist-wasm runs on one thread, then on ${threadsInWords(threads)}.`,
    oneThread: (reason: string) => `mnist-wasm has one thread: ${reason}.`,
    explained: (ofThreads: string) =>
      `The same model on several backends, one after the other: it reads digits, then it learns from them. ${ofThreads} wasm and cpu have one thread; only webgl computes on the graphics processor, where the browser has one. All figures are measured on this device, now, in rounds: the middle one counts, and behind it stand the slowest and the fastest.`,
    backends: 'Backends',
    batch: 'Images at a time (batch)',
    length: 'How long',
    lengths: {
      short: (rounds: number) => `short: ${rounds} rounds`,
      usual: (rounds: number) => `usual: ${rounds} rounds`,
      long: (rounds: number) => `long: ${rounds} rounds, to show elsewhere`,
    },
    start: 'Start the race',
    stop: 'Stop the race',
    notWhileTraining: 'Not while the model trains: both would share the processor.',
    notNow: 'Not now: the page is busy.',
    chooseOne: 'Choose at least one backend.',
    over: (sentences: readonly string[]) => ['The race is over.', ...sentences].join(' '),
    agreement: (reference: string, differences: readonly string[]) =>
      `Do they compute the same? The largest difference of a probability, on 32 digits, from those of ${reference}: ${differences.join(', ')}.`,
    difference: (name: string, difference: number) =>
      `${name} ${difference === 0 ? 'none' : Number.isFinite(difference) ? plainNumber(difference) : 'not a number'}`,

    // Of a table.
    phases: racePhases,
    table: (phase: Phase, batchSize: number) => `${racePhases[phase]}, ${batchSize} images at a time`,
    columns: {
      backend: 'Backend',
      rate: 'Images a second',
      milliseconds: 'ms a step',
      beside: 'Beside the first',
    },
    ofThreads: (threads: number) => threadsInWords(threads),
    inUse: (threads: number) => `${threadsInWords(threads)} in use`,
    inSoftware: 'in software: without a graphics processor',
    spread: ({low, high}: {low: number; high: number}) => `(${shortNumber(low)} to ${shortNumber(high)})`,
    warmingUp: 'warming up …',
    cannot: {
      inference: (reason: string) => `cannot run this model: ${reason}`,
      training: (reason: string) => `cannot train this model: ${reason}`,
    } satisfies Record<Phase, unknown>,
    skipped: 'not tried: too slow already without learning',
    tooSlow: (seconds: number, below: number) =>
      `no step within ${seconds} s: fewer than ${shortNumber(below)} images a second`,
    states: {
      waiting: 'waiting',
      starting: 'starting …',
      running: 'waiting',
      done: 'waiting',
      stopped: 'stopped',
      unavailable: '',
    } satisfies Record<Standing['state'], string>,
    workerFailed: (message: string) => `Its worker failed: ${message || 'the script could not be loaded'}.`,
    notStarted: (seconds: number) => `It did not start within ${seconds} seconds.`,
    noModel: 'There is no model to race with: neither one in use nor one of a recipe was given.',
    noKernel: (kernel: string) => `it has no ${kernel}`,

    // What the figures say.
    name: (backend: string, threads: number | undefined) =>
      threads === undefined ? backend : `${backend} on ${threadsInWords(threads)}`,
    shortName: (backend: string, threads: number | undefined) =>
      threads === undefined ? backend : `${backend}, ${threadsInWords(threads)}`,
    fastest: (name: string, phase: Phase, comparisons: readonly string[]) =>
      `${name} ${raceVerbs[phase]} ${enumerated(comparisons)}.`,
    onThreads: (threads: number, backend: string, phase: Phase, ratio: number) =>
      `On ${threadsInWords(threads)} ${backend} ${raceVerbs[phase]} ${asFastAs(ratio, 'on one')}.`,
    asFastAs,
    fasterThan: (ratio: number, other: string) => `more than ${shortNumber(ratio)} times as fast as ${other}`,
    /** A speed beside another. */
    beside: (ratio: number) =>
      nearlyOne(ratio)
        ? 'as fast'
        : ratio < 1
          ? `${shortNumber(1 / ratio)} times slower`
          : `${shortNumber(ratio)} times as fast`,

    // The chart, and what is saved.
    chart: 'The figures as a chart',
    chartLabel: 'Bars of images a second; the tables have the figures.',
    chartTitle: (title: string, batchSize: number) =>
      `Race of TensorFlow.js backends: ${title}, ${batchSize} images at a time`,
    linearScale: 'images a second; thin line: slowest to fastest round',
    logScale: 'images a second, each mark ten times the one before; thin line: slowest to fastest round',
    measuredOn: ({machine, versions, rounds, seconds, date}: RaceRecord) =>
      [
        [machine.browser ?? 'a browser', machine.system && `on ${machine.system}`].filter(Boolean).join(' '),
        machine.cores === 1 ? '1 core' : `${count(machine.cores)} cores`,
        `${rounds} rounds of ${plain(seconds)} s`,
        `mnist-wasm ${versions.own}`,
        `TensorFlow.js ${versions.tfjs}`,
        date.toLocaleDateString('en', {dateStyle: 'long'}),
      ].join(', '),
    saveAs: {svg: 'Save as SVG', png: 'Save as PNG', csv: 'Save figures as CSV'},
    saved: (file: string) => `${file}: saved with the browser's downloads.`,
    notDrawn: (size: string) => `The picture could not be made: this browser has no room for ${size} pixels.`,
  },

  own: {
    title: 'Your own digits',
    explained:
      'Draw digits on the pad and say what they are, or take a photo of some on paper. Then let the network learn your hand. They stay in this browser until you remove them.',
    addAs: 'Add the digit on the pad as',
    addAsTitle: (label: number) => `Add the digit on the pad as a ${label}`,
    drawFirst: 'Draw a digit on the pad first.',
    added: (digits: number, all: number) =>
      digits === 0
        ? `These are there already: ${digitsInWords(all)}.`
        : digits === 1
          ? `One digit is added: ${digitsInWords(all)}.`
          : `${count(digits)} digits are added: ${count(all)}.`,
    full: (most: number) => `There is room for ${count(most)} digits: the others are not added. Remove some first.`,
    notKept: (reason: string) =>
      `Your digits cannot be kept in this browser, and are gone when the page is closed: ${reason}.`,
    yours: 'Your digits, by what they are',
    count: (digits: number, held: number) =>
      `${digitsInWords(digits)}, of which every third is held back for the test: ${held}. They are the ones with a dashed edge.`,
    labelCount: (label: number, digits: number) => `${label} (${count(digits)})`,
    picture: (label: number, held: boolean) => `Your ${label}${held ? ', held back for the test' : ''}: show it`,
    chosen: (label: number, held: boolean) =>
      held
        ? `A ${label}, held back for the test. The network is shown it.`
        : `A ${label}, to learn from. The network is shown it.`,
    remove: 'Remove it',
    removed: (digits: number) => (digits === 1 ? 'The digit is removed.' : `${count(digits)} digits are removed.`),
    removeAll: 'Remove all',
    removeForGood: (digits: number) => `Remove ${digitsInWords(digits)} for good`,
    no: 'No',

    // Fine-tuning.
    tune: 'Learn your hand',
    tuneExplained:
      'The training goes on for a short while: your digits, turned and moved a little, are mixed with images of the data set, so that what was learned is not forgotten. Those held back are never learned from: they tell whether it reads your hand, and not just these digits.',
    tuneButton: 'Learn from my digits',
    untrained: 'Train the network first: this goes on from what it has learned.',
    tooFew: (there: number, needed: number) =>
      `${count(needed)} digits are needed, so that some can be held back for the test; there ${there === 1 ? 'is' : 'are'} ${count(there)}.`,
    few: (held: number) =>
      `${count(held)} digits are held back: one more right or wrong changes the share by ${percent(1 / held, 0)}. More digits tell more.`,
    labelsMissing: (labels: string) => `There are none yet to learn from of: ${labels}.`,
    table: 'Read right, before and after',
    columns: {on: 'Read right of', before: 'before', after: 'after'},
    rows: {own: 'your hand, held back', data: 'the test images of the data set'},
    right: (right: number, of: number) => `${count(right)} of ${count(of)} (${percent(right / of, 0)})`,
    percent: (share: number) => percent(share),
    outcome: (before: number, after: number, of: number) =>
      `Of ${count(of)} digits of your hand that it never learned from, it read ${count(before)} before, and reads ${count(after)} now.`,
    misread: 'Still misread',
    noneMisread: 'All your digits are read right now.',
    readAs: (label: number, predicted: number) => `${label} read as ${predicted}`,
    diverged:
      'The training came to nothing: its numbers grew without bound. The network is as it was some steps before.',

    // Photos.
    photo: 'Photograph',
    photoExplained:
      'Write digits on paper, one beside the other and not touching. Choose the photo, drop it here, paste it with Ctrl+V, or use the camera.',
    choosePhoto: 'Choose a photo',
    photoHint: 'A picture of any kind that this browser shows, such as JPEG or PNG. It stays on this device.',
    camera: 'Use the camera',
    shoot: 'Take the picture',
    closeCamera: 'Close the camera',
    cameraPicture: 'What the camera sees',
    cameraOn: 'The camera is on.',
    insecure: 'Browsers give the camera to pages on https and on localhost alone. Choose a photo instead.',
    noCamera: 'There is no camera that this page can use. Choose a photo instead.',
    cameraRefused:
      'The camera was refused. Allow it in the browser, in the settings of this page beside its address, or choose a photo instead.',
    cameraFailed: (reason: string) => `The camera does not start: ${reason}. Choose a photo instead.`,
    looking: 'Looking for digits …',
    found: (digits: number) =>
      digits === 1
        ? 'One digit was found, as the network sees it. Is it read right?'
        : `${count(digits)} digits were found, as the network sees them. Correct what is read wrong, and leave out what is none.`,
    guesses: 'The network is not trained yet: what stands below the digits are guesses.',
    candidate: (number: number) => `Digit ${number} of the photo`,
    take: (number: number) => `Take digit ${number}`,
    labelOf: (number: number) => `Digit ${number} is a`,
    wide: 'perhaps several',
    addChosen: (digits: number) => `Add ${digitsInWords(digits)}`,
    dropPhoto: 'Leave them',
    noDigit:
      'No digit was found in the picture. Write with a dark pen on light paper, one digit beside the other, and let them fill the picture.',
    noPicture: 'The file is no picture that this browser can show. Save it as JPEG or PNG.',
    photoTooLarge: (most: number) => `The picture is too large: expected at most ${megabytes(most)} MB.`,

    // Shared in a class.
    share: 'Share',
    shareExplained:
      'A link carries your digits to another browser, for example a code on the wall to the phones of a class. They are in the link itself: nothing is sent to a server.',
    shareButton: 'Make a link and a code',
    linkHolds: (digits: number, all: number) =>
      digits === all
        ? `The link carries all ${digitsInWords(all)}.`
        : `The link carries the latest ${count(digits)} of ${count(all)} digits.`,
    codeHolds: (digits: number, all: number) =>
      digits === all
        ? `The code carries all ${digitsInWords(all)}.`
        : `The code carries the latest ${count(digits)} of ${count(all)} digits: it holds no more.`,
    link: 'Link with your digits',
    code: (digits: number) => `QR code of a link with ${digitsInWords(digits)}`,
    offered: (digits: number) => `Add ${digitsInWords(digits)} from a link?`,
    offeredDigit: (label: number) => `A ${label} from the link`,
    offerExplained: (own: number) =>
      own === 0
        ? 'Somebody shared them with you. They would be kept in this browser.'
        : `Somebody shared them with you. They would be kept beside your own ${count(own)}, which stay.`,
    accept: 'Add them',
    decline: 'No',
    badLink: (reason: string) => `The link to digits cannot be opened: ${reason}`,
    linkVersion: (version: string) =>
      `it is of version ${given(version)}, and this page knows version 1. Reload the page, or ask for a new link.`,
    linkDamaged: 'it is damaged, perhaps cut off. Copy all of it, or ask for it again.',
    linkTooLong: (most: number) => `it is too long: expected at most ${count(most)} digits.`,
    file: 'As a file',
    save: 'Save as a file',
    open: 'Open a file',
    openHint: 'A file that was saved here. Its digits are added to those that are there.',
    saved: 'Your digits are saved with the downloads of the browser.',
    noFile: 'The file has no digits: expected one that was saved here.',
    fileTooLong: (most: number) => `The file has more than ${count(most)} digits.`,
    badDigit: (number: number) =>
      `Digit ${number} of the file is none: expected a label from 0 to 9 and 784 pixels from 0 to 255.`,
  },

  /** Codes for phones. */
  code: {
    network: 'QR code of the link to this network',
    tooLong: 'The link is too long for a QR code.',
    localhost:
      'Phones cannot open this address: localhost is each machine itself. Open this page under the address of this machine in its network.',
  },

  backend: {
    label: 'Backend',
    titles: {
      'mnist-wasm': 'mnist-wasm: WebAssembly, this project',
      wasm: 'wasm: WebAssembly, of TensorFlow.js',
      cpu: 'cpu: plain JavaScript',
      webgl: 'webgl: the graphics processor',
    } satisfies Record<BackendName, string>,
    explained: 'The backend is the program that does the sums: the network learns the same with each.',
    relaxed: 'It runs at the level relaxed: the fastest instructions that browsers have.',
    simd: 'It runs at the level simd: this browser has no relaxed SIMD.',
    missing: (kernel: string) => `It can use this network, but not train it: it has no ${kernel}.`,
    inUse: (name: string) => `The backend is ${name}.`,
    doesNotStart: (name: string, needs: string) =>
      `The backend ${name} does not start in this browser: it needs ${needs}.`,
    needs: {
      'mnist-wasm': 'WebAssembly with SIMD',
      wasm: 'WebAssembly',
      cpu: 'JavaScript',
      webgl: 'WebGL in workers, and a graphics processor that may be used',
    } satisfies Record<BackendName, string>,
  },

  threads: {
    compute: (threads: number) => (threads === 1 ? 'One thread computes.' : `${count(threads)} threads compute.`),
    oneBecause: (reason: string) => `One thread computes: ${reason}.`,
    oneUntilTraining: 'One thread computes until the first training, which has others start.',
    /** Why there is one thread alone. */
    oneCore: 'this machine has one core',
    insecure: 'browsers share memory between threads only on pages from https or from this machine',
    nextVisit: 'there can be others when the page is opened once more',
    notShared: 'this browser gives the page no memory that threads share',
  },

  network: {
    // The section.
    title: 'Network',
    choose: 'Network',
    variant: 'Variant',
    anew: 'Begin anew',
    summary: (layers: number, parameters: number) => `${layers} layers, ${count(parameters)} weights`,
    table: 'Layers',
    layer: 'Layer',
    output: 'Output',
    weightsOf: 'Weights',
    none: 'No network is there yet.',

    titles: layerTitles,
    /** What each layer does, for somebody who meets it for the first time. */
    explanations: {
      conv2d:
        'Slides small patterns, its filters, over the picture, and tells where each is found. It learns the patterns. The stride is how far it moves each time. Padded, it goes over the edges too, and the picture does not shrink.',
      maxPooling:
        'Makes the picture smaller: of each window only the largest number stays. The stride is how far the window moves each time.',
      averagePooling:
        'Makes the picture smaller: of each window only the average stays. The stride is how far the window moves each time.',
      flatten: 'Lays all numbers of the picture in one row, as the dense layers take them.',
      dense: 'Each of its units weighs all numbers that come in, and adds them up. It learns the weights.',
      dropout:
        'While it trains, sets a random share of the numbers to 0, so that the network does not rely on single ones. It does nothing when it answers.',
      batchNormalization:
        'Shifts and scales the numbers so that they are of like size over a batch; that makes training steadier.',
      activation: 'Bends each number by a curve. Without a curve somewhere, many layers could do no more than one.',
    } as Record<LayerKind, string>,
    options: {...activations, ...paddings, ...optimizers, ...schedules} as Record<string, string>,
    fields: {
      filters: 'Filters',
      kernel: 'Window side',
      size: 'Window side',
      stride: 'Stride',
      padding: 'Edges',
      activation: 'Activation',
      units: 'Units',
      rate: 'Share dropped',
      l2: 'L2 of this layer',
      l2OfAll: 'L2 of all layers',
      optimizer: 'Optimizer',
      learningRate: 'Learning rate',
      schedule: 'Rate over time',
      batchSize: 'Batch size',
    } as Record<string, string>,
    sizes,

    // The summaries of closed rows.
    filters: (filters: number, side: number) => `${filters} filters of ${side} × ${side}`,
    window: (side: number) => `${side} × ${side}`,
    units: (units: number) => `${units} units`,
    stride: (stride: number) => `stride ${stride}`,
    padded: 'padded',
    l2: (l2: number) => `L2 ${l2}`,
    dropped: (rate: number) => percent(rate, 0),

    // The editor.
    change: 'Change this network',
    close: 'Close the editor',
    editor: 'Change the network',
    intro: 'The picture goes through the layers from top to bottom. Open one to change it.',
    name: 'Name',
    layers: 'Layers',
    picture: 'Picture',
    pictureOf: (shape: readonly number[]) => `${sizes(shape)}: the digit`,
    answer: (classes: number) => `${classes} units, softmax: how sure it is of each digit. Always the last.`,
    add: 'Add a layer',
    addAction: 'Add',
    addWhere: (after: string | undefined) => (after ? `It comes below ${after}.` : 'It comes last, above the answer.'),
    up: 'Move up',
    down: 'Move down',
    remove: 'Remove',
    number: (at: number, kind: LayerKind) => `layer ${at + 1}, ${layerTitles[kind]}`,
    /** What a button does, and to which layer. */
    action: (action: string, layer: string) => `${action}: ${layer}`,
    moved: (kind: LayerKind, at: number) => `${layerTitles[kind]} is layer ${at + 1} now.`,
    removed: (kind: LayerKind) => `${layerTitles[kind]} is removed.`,
    added: (kind: LayerKind, at: number) => `${layerTitles[kind]} is added as layer ${at + 1}.`,
    weights: (parameters: number) => (parameters === 0 ? 'no weights' : `${count(parameters)} weights`),
    totals: (parameters: number, bytes: number) =>
      `${count(parameters)} weights in all. Training takes about ${count(Math.ceil(bytes / 1e6))} MB.`,
    training: 'How it trains',
    trainingNote:
      'The optimizer turns mistakes into new weights; the learning rate is how far it goes at once, after each batch of images. L2 keeps the weights small: 0 for none, 0.001 is much. A dense layer with an L2 of its own has that in place of the one of all layers.',
    /** Of a recipe's network: what one that is put together here has not. */
    leaves: {
      stages: 'several stages',
      augmentation: 'training on images that are turned and moved a little',
      earlyStopping: 'an early end where it no longer becomes better',
    },
    leavesBehind: (what: readonly string[]) =>
      `How the network in use trains has more than can be set here; a changed network will be without: ${what.join('; ')}.`,
    build: 'Build this network',
    buildNote: 'It begins untrained.',
    notBuilt: 'Not built yet: training goes on with the network as it was.',
    built: (name: string, parameters: number) => `${name} is built, with ${count(parameters)} weights, untrained.`,
    reset: 'Undo the changes',
    usual: (title: string) => `${title}, changed`,
    own: (name: string) => `Your own: ${name}`,
    fromFile: 'from a file',

    // What is taken along.
    copyLink: 'Copy link',
    linkCopied: 'The link is copied.',
    link: 'Link to this network',
    linkNote: 'It holds the layers and the settings, not what the network has learned.',
    code: 'The code',
    codeFor: 'For',
    codeOf: {tfjs: 'TensorFlow.js', keras: 'Keras (Python)'},
    copyCode: 'Copy code',
    codeCopied: 'The code is copied.',
    byHand: 'The browser does not let this page copy: select the text, and copy it by hand.',

    // What cannot be.
    where: (at: number, kind: LayerKind, what: string) => `Layer ${at + 1}, ${layerTitles[kind]}: ${what}`,
    whereAnswer: (what: string) => `The answer: ${what}`,
    doesNotFit: (side: number, window: number) =>
      `the picture is ${side} × ${side} here: a window of ${window} × ${window} does not fit; make it smaller, or pad.`,
    needsPicture: (length: number) =>
      `it needs a picture, and here is a row of ${count(length)} numbers; move it above Flatten.`,
    needsRow: (shape: readonly number[]) =>
      `it needs a row of numbers, and here is a picture of ${sizes(shape)}; put Flatten before it.`,
    isRow: 'the numbers are in a row already; remove it.',
    tooManyWeights: (parameters: number, most: number) =>
      `The network has ${count(parameters)} weights; a browser's tab keeps up with ${count(most)}. Make layers smaller, or pool more.`,
    tooMuchMemory: (bytes: number, most: number) =>
      `Training would take about ${count(bytes / 1e6)} MB, more than the ${count(most / 1e6)} MB that a tab may have here. Make layers or the batch smaller.`,
    tooMuchWork: (multiplications: number, most: number) =>
      `One step would take ${count(multiplications / 1e9)} billion multiplications, more than ${count(most / 1e9)} billion: nobody could wait for it. Make layers or the batch smaller.`,
    tooManyLayers: (layers: number, most: number) => `The network has ${layers} layers; at most ${most} are possible.`,
    notOneOf: (field: string, value: unknown, options: readonly string[]) =>
      `${field} is ${given(value)}; expected one of ${options.join(', ')}.`,
    outOfRange: (field: string, value: unknown, {min, max, whole}: NumberRule) =>
      `${field} is ${given(value)}; expected a ${whole ? 'whole ' : ''}number from ${min} to ${plain(max)}.`,
    badName: (value: unknown, most: number) => `The name is ${given(value)}; expected 1 to ${most} characters.`,
    badKind: (at: number, kind: unknown, kinds: readonly string[]) =>
      `Layer ${at + 1} is of the kind ${given(kind)}; expected one of ${kinds.join(', ')}.`,
    noNetwork: 'It is no description of a network: expected a name, layers and how it trains.',
    badLink: (reason: string) =>
      `The link holds no network that can be built: ${reason} The usual network is here in its place.`,
    linkVersion: (version: string) => `it is of version ${given(version)}, and this page reads version 1.`,
    linkDamaged: 'it is cut off or damaged.',
    linkTooLong: (most: number) => `it is longer than ${count(most)} characters.`,
    cannotEdit: (reason: string) => `This network cannot be changed here: ${reason}.`,
    unknownLayer: (type: string) => `it has a layer ${type}, which the editor does not have`,
    unknownOption: (type: string, option: string) => `its layer ${type} has a ${option} that the editor does not have`,
    unknownOptions: {
      l2: 'L2 of its own',
      dataFormat: 'data format',
      noBias: 'setting without a bias',
      dilation: 'dilation',
      regularizer: 'regularizer',
    },
    unknownEnd: 'its last layer is not a dense one of 10 units with softmax',
    branches: 'its layers are not in a single row',
  },

  inside: {
    title: 'Inside the network',
    everyLayer: 'Every layer',
    explained:
      'From the first layer to the answer: the brighter, the stronger. Where there is blue and orange, orange is below 0.',
    drawFirst: 'Draw a digit to see what each layer makes of it.',
    chooseOne: 'Choose a picture or a cell to see how it comes about.',
    layers,
    otherLayer: 'Computes new values of those before.',
    answerLayer:
      'Each of the ten units adds up all values before it; their scores become shares that sum to 1: the answer.',
    /** What one of a layer's pictures or cells is. */
    units: {filter: 'filter', picture: 'picture', cell: 'cell', unit: 'unit'},
    manyUnits: {filter: 'filters', picture: 'pictures', cell: 'cells', unit: 'units'},
    numbers: (numbers: number) => `${count(numbers)} numbers`,
    pictures: (pictures: number, height: number, width: number) =>
      `${count(pictures)} ${pictures === 1 ? 'picture' : 'pictures'} of ${height} × ${width}`,
    layerTitle: (layer: number, title: string) => `${layer}. ${title}`,
    layerNumber: (layer: number, title: string) => `Layer ${layer}, ${title}`,
    unitOfLayer: (unit: string, number: number, layer: number) => `${unit} ${number} of layer ${layer}`,
    unitTitle: (unit: string, number: number, layer: number, title: string) =>
      `${unit} ${number} of layer ${layer}, ${title}`,
    cells: (units: string, layer: number, which: string) =>
      `The ${units} of layer ${layer}, arrow keys choose: ${which}`,
    overview: {
      label: 'The whole network',
      caption:
        'The whole network: each column is a layer, lines tell what it takes its numbers from. The bolder a line, the stronger. Press a column to look closer.',
      image: 'Image',
      layer: (title: string, size: string) => `, ${title}, ${size}`,
      more: (pictures: number) => `+ ${count(pictures)}`,
    },
    noneChosen: 'none chosen',
    unitChosen: (unit: string, number: number) => `${unit} ${number} chosen`,
    firstOf: (shown: number, all: number) => `The first ${count(shown)} of ${count(all)}.`,
    close: 'Close',
    looksAt: 'what it looks at of the digit',
    answer: 'its answer: point at a pixel, or move by arrow keys',
    answerAt: (row: number, column: number) => `Its answer; arrow keys choose the pixel: row ${row}, column ${column}`,
    weights: 'its weights: blue counts for it, orange against',
    weightsOfFirst: (shown: number, all: number) =>
      `its weights: blue counts for it, orange against; those for the first ${shown} of ${count(all)} pictures`,
    shownDigit: 'The digit that is shown',
    exciting: 'Test images that excite it most',
    searching: 'Looking through 1,000 test images …',
    noneExcite: 'None: it answers to no image.',
    showExciting: (label: number) => `Show this handwritten ${label}, answer`,

    // How a value comes about.
    value: (value: string) => `Its value here is ${value}.`,
    largest: 'the largest',
    mean: 'the mean',
    /** What is summed up: the numbers of the patch under a filter, or the values before a unit. */
    patch: (largestFirst: boolean) =>
      `Each number of the patch times its weight, all added up${largestFirst ? '; the largest parts first' : ''}:`,
    values: (largestFirst: boolean) =>
      `Each value before it times its weight, all added up${largestFirst ? '; the largest parts first' : ''}:`,
    others: (others: number) => `all ${count(others)} others`,
    bias: 'what it adds always (bias)',
    sum: 'sum',
    /** By the names that tfjs gives to activations: what happens to the sum. */
    activations: {
      linear: 'stays as it is',
      relu: 'ReLU: below 0 it becomes 0',
      relu6: 'ReLU6: held between 0 and 6',
      sigmoid: 'sigmoid: squeezed between 0 and 1',
      tanh: 'tanh: squeezed between −1 and 1',
      softmax: 'softmax: its share among the ten',
    } as Record<string, string>,
    fromDigit: 'the digit',
    fromPicture: (picture: number) => `picture ${picture}`,
    fromUnit: (unit: number) => `unit ${unit}`,
    fromPixel: (row: number, column: number) => `row ${row}, column ${column}`,
    fromPictureAt: (picture: number, where: string) => `picture ${picture}, ${where}`,

    // What speaks for each digit.
    evidence: 'What speaks for each digit',
    drawForEvidence: 'Draw a digit to see what speaks for and against each answer.',
    evidenceExplained:
      'The last layer adds up what speaks for a digit (blue) and against it (orange); the digit with the highest score is the answer.',
    score: (forIt: string, against: string) => `${forIt} for, ${against} against, score`,
    forDigit: (digit: number) => `For ${digit}`,
    againstDigit: (digit: number) => `Against ${digit}`,
    wholeSum: (digit: number) => `The whole sum of ${digit}`,
    nothing: 'Nothing.',
    reason: (unit: number, value: string, weight: string) => `unit ${unit}: ${value} × ${weight} = `,

    // Which pixels matter.
    pixels: 'Which pixels matter',
    drawForPixels: 'Draw a digit to see which of its pixels the answer hangs on.',
    pixelsExplained: (digit: number) =>
      `A small square of background is laid over each part of the digit in turn. Where the network then is less sure of its ${digit}, the pixels speak for it.`,
    pixelsOf: (digit: number, probability: number) =>
      `Which pixels matter for the answer ${digit}, ${percent(probability, 0)} sure`,
    speaksFor: (digit: number) => `speaks for ${digit}`,
    speaksAgainst: 'speaks against it',
    fullColour: (most: number) => `full colour: ${percent(most, most < 0.1 ? 2 : 0)} less sure, or surer`,

    // The map.
    map: 'A map of test images',
    mapExplained:
      'Each mark is an image that the network has not trained on. Images that look alike to it, in the layer before the answer, lie near each other: watch them part as it learns.',
    mapOf: (images: number) => `Map of ${images} test images; arrow keys move from mark to mark, Enter shows the image`,
    clickMark: 'Click a mark to show its image to the network.',
    mark: (image: number, label: number) => `Image ${image} of the test, a ${label}.`,
    plane: (share: number) =>
      `The plane shows ${percent(share, 0)} of what the images differ by: its two directions are those in which they differ most (principal components).`,
  },

  /** Networks in files and in the browser's storage: what goes wrong. */
  models: {
    expected: (given: string) =>
      `Choose one Keras file (.h5 or .keras), or a model.json together with its weights (.bin); got ${given || 'nothing'}.`,
    weightsMissing: (file: string, missing: string) =>
      `${file} has its weights in other files: choose ${missing} together with it.`,
    notLoaded: (file: string, reason: string) => `${file} cannot be loaded: ${reason}`,
    notJson: (file: string, reason: string) => `${file} is not JSON: ${reason}`,
    graph: (file: string) =>
      `${file} is a graph model of TensorFlow.js: expected a layers model, as model.save() writes it.`,
    noModel: (file: string) => `${file} is no model: expected the modelTopology and weightsManifest of TensorFlow.js.`,
    misfit: (name: string, reason: string) => `${name} ${reason}.`,
    noProbabilities: (name: string, given: string) =>
      `${name} does not give probabilities: expected ten from 0 to 1 that add up to 1, as a softmax gives them, and for a digit it gives ${given}.`,
    badName: (name: string, most: number) =>
      `The name '${name}' will not do: expected 1 to ${most} characters, without '://'.`,
    noRoom: 'there is no room left. Delete a model that is kept',
    notKept: (reason: string) => `The model cannot be kept in this browser: ${reason}.`,
  },
};

/** What a translation has to have: the same, in other words. */
export type Texts = Worded<typeof en>;

type Worded<T> = T extends string
  ? string
  : T extends (...values: infer Values) => string
    ? (...values: Values) => string
    : {[Key in keyof T]: Worded<T[Key]>};
