/**
 * A contestant on one model, in a process of its own: tells what it predicts once it is warm, then answers each message
 * with the median milliseconds of a prediction.
 *
 * usage: compiled/child.js CONTESTANT MODEL FOLDER, with a channel to the parent
 */
import {medianMilliseconds, OF_MODEL} from '../measure';
import {findModel} from '../models';
import {contestants} from './contestants';

const ROUND_MS = 200;
const [name, model, folder] = process.argv.slice(2);
const predict = await contestants[name]({model, folder});
const values = Float32Array.from({length: findModel(model).input.reduce((a, b) => a * b)}, (_, i) => Math.sin(i) ** 2);
const call = () => predict(values);

await medianMilliseconds(call, {...OF_MODEL, measureMs: ROUND_MS});
process.on('message', async () => {
  tell(await medianMilliseconds(call, {warmUpMs: 0, measureMs: ROUND_MS}));
});
tell(Array.from(await call()));

function tell(answer: number | number[]): void {
  process.send?.(answer);
}
