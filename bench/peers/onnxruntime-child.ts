/**
 * A model on one of the onnxruntimes: prints the median milliseconds of a batch, from numbers to numbers.
 *
 * usage: onnxruntime-child.js PACKAGE MODEL.onnx N,C,H,W
 */
import {medianMilliseconds, OF_MODEL} from '../measure';
import {createSession, runSession} from './onnxruntime-session';

const [name, file, shapeText] = process.argv.slice(2);
const shape = shapeText.split(',').map(Number);
const session = await createSession(name, file);
const images = Float32Array.from({length: shape.reduce((a, b) => a * b)}, () => Math.random());
console.log(await medianMilliseconds(() => runSession(session, images, shape), OF_MODEL));
process.exit();
