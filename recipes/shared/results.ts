import path from 'node:path';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {MnistSplit} from 'mnist-wasm/mnist';
import {fileSystem, writeFileAtomic} from 'mnist-wasm/node';
import {reportPage} from '../report/page';
import type {Evaluation} from './evaluation';
import type {RunRecord} from './record';

interface Results {
  record: RunRecord;
  model: LayersModel;
  evaluation: Evaluation;
  test: MnistSplit;
}

/**
 * Writes what a run leaves in its output folder.
 *
 * @returns the lines that tell where.
 */
export async function writeResults(out: string, {record, model, evaluation, test}: Results): Promise<string> {
  const folder = path.join(out, 'model');
  const report = path.join(out, 'report.html');
  await model.save(fileSystem(folder));
  await writeFileAtomic(path.join(out, 'run.json'), `${JSON.stringify(record, null, 2)}\n`);
  await writeFileAtomic(report, reportPage(record, evaluation.metrics.mistakes, test));
  return `Model   ${path.join(folder, 'model.json')}\nReport  ${report}`;
}
