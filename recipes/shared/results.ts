import path from 'node:path';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {MnistSplit} from 'mnist-wasm/mnist';
import {fileSystem, writeFileAtomic} from 'mnist-wasm/node';
import {curvesSvg} from '../report/curves';
import {reportPage} from '../report/page';
import {toPng} from '../report/raster';
import type {Evaluation} from './evaluation';
import {historyCsv, historyJson} from './history';
import type {RunRecord} from './record';
import {epochsIn} from './state';

interface Results {
  record: RunRecord;
  model: LayersModel;
  evaluation: Evaluation;
  test: MnistSplit;
}

/**
 * Writes what a run leaves in its output folder: the model, run.json, the history as CSV and JSON, its curves as SVG and
 * PNG, the report.
 *
 * @returns the lines that tell where.
 */
export async function writeResults(out: string, {record, model, evaluation, test}: Results): Promise<string> {
  const {history, epochSeconds} = record;
  const folder = path.join(out, 'model');
  await model.save(fileSystem(folder));
  const files: Record<string, string | Uint8Array> = {
    'run.json': `${JSON.stringify(record, null, 2)}\n`,
    'history.csv': historyCsv(history, epochSeconds),
    'history.json': historyJson(history, epochSeconds),
    'report.html': reportPage(record, evaluation.metrics.mistakes, test),
  };
  if (epochsIn(history) > 0) {
    const curves = curvesSvg([record]);
    Object.assign(files, {'curves.svg': curves, 'curves.png': await toPng(curves)});
  }
  for (const [name, content] of Object.entries(files)) await writeFileAtomic(path.join(out, name), content);
  return [
    `Model   ${path.join(folder, 'model.json')}`,
    `Curves  ${path.join(out, 'curves.png')}`,
    `Report  ${path.join(out, 'report.html')}`,
  ].join('\n');
}
