import {createRequire} from 'node:module';
import path from 'node:path';
import {PACKAGES, picture} from '../inputs.mjs';

export async function load(tf) {
  const faceapi = createRequire(import.meta.url)('@vladmandic/face-api/dist/face-api.node-wasm.js');
  const models = path.join(PACKAGES, '@vladmandic/face-api/model');
  const {ssdMobilenetv1, faceLandmark68Net, faceExpressionNet, faceRecognitionNet, ageGenderNet} = faceapi.nets;
  for (const net of [ssdMobilenetv1, faceLandmark68Net, faceExpressionNet, faceRecognitionNet, ageGenderNet])
    await net.loadFromDisk(models);
  const image = picture(tf, '@vladmandic/face-api/demo/sample1.jpg');
  const options = new faceapi.SsdMobilenetv1Options({minConfidence: 0.4, maxResults: 10});
  return {
    async run() {
      const faces = await faceapi
        .detectAllFaces(image, options)
        .withFaceLandmarks()
        .withFaceExpressions()
        .withFaceDescriptors()
        .withAgeAndGender();
      return {
        answers: faces.map(({gender, age, expressions}) => {
          const [{expression}] = expressions.asSortedArray();
          return `${gender}, ${Math.round(age)}, ${expression}`;
        }),
        values: {
          boxes: faces.flatMap(({detection: {box}}) => [box.x, box.y, box.width, box.height]),
          landmarks: faces.flatMap(({landmarks}) => landmarks.positions.flatMap(({x, y}) => [x, y])),
          descriptors: faces.flatMap(({descriptor}) => [...descriptor]),
          probabilities: faces.flatMap(({detection, genderProbability, expressions}) => [
            detection.score,
            genderProbability,
            ...Object.values(expressions),
          ]),
          ages: faces.map(({age}) => age),
        },
      };
    },
  };
}
