import {createReadStream} from 'node:fs';
import {createServer} from 'node:http';
import {createRequire} from 'node:module';
import path from 'node:path';
import {PACKAGES, picture} from '../inputs.mjs';

export async function load(tf, backend) {
  const require = createRequire(import.meta.url);
  // Its package has no path for the entry that its README names.
  const {Human} = require(path.join(PACKAGES, '@vladmandic/human/dist/human.node-wasm.js'));
  const human = new Human({
    backend,
    modelBasePath: await serve(path.join(PACKAGES, '@vladmandic/human/models')),
    wasmPath: path.join(PACKAGES, '@tensorflow/tfjs-backend-wasm/dist/'),
    cacheSensitivity: 0,
    cacheModels: false,
    debug: false,
    filter: {enabled: false},
    face: {enabled: true},
    body: {enabled: true},
    hand: {enabled: true},
    object: {enabled: true},
    gesture: {enabled: true},
  });
  await human.load();
  const image = picture(tf, '@vladmandic/face-api/demo/sample1.jpg');
  return {
    async run() {
      const {face, body, hand, object, gesture, error} = await human.detect(image);
      if (error) throw new Error(error);
      return {
        answers: [
          ...face.map(({gender, age, emotion}) => `face: ${gender}, ${Math.round(age)}, ${emotion?.[0]?.emotion}`),
          `bodies: ${body.length}`,
          `hands: ${hand.length}`,
          ...object.map(({label}) => `object: ${label}`),
          ...gesture.map((each) => each.gesture),
        ],
        values: {
          boxes: [...face, ...body, ...hand, ...object].flatMap(({box}) => box),
          meshes: face.flatMap(({mesh}) => mesh.flat()),
          descriptors: face.flatMap(({embedding}) => embedding ?? []),
          keypoints: body.flatMap(({keypoints}) => keypoints.flatMap(({position}) => position)),
          ages: face.map(({age}) => age),
        },
      };
    },
  };
}

/** Human fetches its models, by HTTP alone. @returns the address of a folder's files */
async function serve(folder) {
  const server = createServer(({url}, response) => {
    createReadStream(path.join(folder, path.basename(url)))
      .on('error', () => response.writeHead(404).end())
      .pipe(response);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  // The process ends without being told.
  server.unref();
  return `http://127.0.0.1:${server.address().port}/`;
}
