import path from 'node:path';
import type {MnistSplit} from 'mnist-wasm/mnist';
import {writeFileAtomic} from 'mnist-wasm/node';
import {type Evaluation, epochsIn} from '../../recipes';
import {curvesSvg} from '../report/curves';
import {reportPage} from '../report/page';
import {toPng} from '../report/raster';
import {historyCsv, historyJson} from './history';
import type {RunRecord} from './record';

/**
 * Writes what a run leaves in its output folder beside the model: run.json, the history as CSV and JSON, its curves as SVG and
 * PNG, the report.
 *
 * @param test the split that was evaluated.
 * @returns the lines that tell where everything is.
 */
export async function writeResults(
  out: string,
  record: RunRecord,
  {metrics}: Evaluation,
  test: MnistSplit,
): Promise<string> {
  const {history, epochSeconds} = record;
  const files: Record<string, string | Uint8Array> = {
    'run.json': `${JSON.stringify(record, null, 2)}\n`,
    'history.csv': historyCsv(history, epochSeconds),
    'history.json': historyJson(history, epochSeconds),
    'report.html': reportPage(record, metrics.mistakes, test),
  };
  if (epochsIn(history) > 0) {
    const curves = curvesSvg([record]);
    Object.assign(files, {'curves.svg': curves, 'curves.png': await toPng(curves)});
  }
  for (const [name, content] of Object.entries(files)) await writeFileAtomic(path.join(out, name), content);
  return [
    `Model   ${path.join(out, 'model', 'model.json')}`,
    `Curves  ${path.join(out, 'curves.png')}`,
    `Report  ${path.join(out, 'report.html')}`,
  ].join('\n');
}
