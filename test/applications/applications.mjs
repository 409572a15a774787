/** The applications: what each does with what input, and those that cannot be had. */

const PICTURE = 'sample1.jpg of face-api (1920x1080, three people)';

/**
 * @typedef {object} Application a program of project/programs, by its name
 * @property {string[]} packages the application first, then where its weights are if not in itself
 * @property {string} does
 * @property {string} input
 * @property {string} [note] what is not as the package has it
 */

/** @type {Record<string, Application>} */
export const applications = {
  'face-api': {
    packages: ['@vladmandic/face-api'],
    does: 'finds faces (SSD MobileNet v1), 68 landmarks, expressions, descriptors, age and gender',
    input: PICTURE,
    note: 'its entry `face-api.node-wasm.js`',
  },
  human: {
    packages: ['@vladmandic/human'],
    does: 'faces with mesh, iris, emotion and description, bodies, hands, objects, gestures',
    input: PICTURE,
    note: "its entry `human.node-wasm.js`, with `backend: 'mnist-wasm'`",
  },
  nsfwjs: {packages: ['nsfwjs'], does: 'classifies pictures (MobileNet v2)', input: PICTURE},
  'nsfwjs-inception': {packages: ['nsfwjs'], does: 'classifies pictures (Inception v3)', input: PICTURE},
  'basic-pitch': {
    packages: ['@spotify/basic-pitch'],
    does: 'transcribes sound to notes',
    input: 'five notes of four harmonics each, 2.5 seconds, made by the script',
    note: 'with tfjs 4.22 in place of the 3.x that it asks for',
  },
  'knn-classifier': {
    packages: ['@tensorflow-models/knn-classifier'],
    does: 'classifies by the ten nearest of 2,000 examples',
    input: '20 of the built-in digits of `mnist-wasm/mnist`, as 784 pixels',
  },
  'esrgan-slim': {
    packages: ['upscaler', '@upscalerjs/esrgan-slim'],
    does: 'doubles the sides of a picture, in patches of 64x64',
    input: 'the middle of sample1.jpg, in 96x96',
    note: "upscaler's bundle for browsers, given tensors",
  },
  'esrgan-medium': {
    packages: ['upscaler', '@upscalerjs/esrgan-medium'],
    does: 'makes the sides of a picture four times as long',
    input: 'the middle of sample1.jpg, in 64x64',
    note: "upscaler's bundle for browsers, given tensors",
  },
};

/** By name: why. */
export const leftOut = {
  'mobilenet, coco-ssd, blazeface, body-pix, pose-detection, universal-sentence-encoder, toxicity and speech-commands of @tensorflow-models':
    'their packages have no weights, but fetch them from tfhub.dev or storage.googleapis.com; the script uses the npm registry alone',
  '@upscalerjs/maxim-denoising':
    'it runs on mnist-wasm, 1.2 s of processor time for 64x64 pixels, but there is nothing to compare with: tfjs-backend-wasm has no Einsum, and tfjs-backend-cpu had not ended after 2.5 minutes of it',
  'face-api.js': 'it is made for tfjs 1.7; @vladmandic/face-api is its successor',
  '@vscode/vscode-languagedetection':
    'its code has a tfjs 3.21 in it, with the backend cpu alone; its model fails in tfjs-converter 4.22 on tfjs-backend-cpu as well',
};
