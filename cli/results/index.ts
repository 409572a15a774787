/** `npm run docs:results -- FOLDER`: docs/results.md and its pictures, of the runs in a folder's folders. */
import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import {writeFileAtomic} from 'mnist-wasm/node';
import {curvesSvg} from '../report/curves';
import type {RunRecord} from '../run/record';
import {type ResultRow, resultsTable, rowsOf} from './table';

const BEGIN = '<!-- begin: npm run docs:results -->';
const END = '<!-- end: npm run docs:results -->';
const PAGE = 'docs/results.md';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('error: expected the folder that has the runs: npm run docs:results -- out');
  process.exit(2);
}
const rows = rowsOf(await readRuns(folder));
for (const row of rows) await writeFileAtomic(path.join('docs/results', `${row.name}.svg`), curvesSvg([row.shown]));
const page = await readFile(PAGE, 'utf8');
const [before, after] = [page.split(BEGIN)[0], page.split(END)[1]];
await writeFileAtomic(PAGE, `${before}${BEGIN}\n\n${resultsTable(rows)}\n\n${pictures(rows)}\n\n${END}${after}`);
console.log(`Written to ${PAGE}: ${rows.map(({name, runs}) => `${name} (${runs.length})`).join(', ')}`);

async function readRuns(root: string): Promise<RunRecord[]> {
  const names = await readdir(root, {withFileTypes: true});
  const files = names.filter((entry) => entry.isDirectory()).map(({name}) => path.join(root, name, 'run.json'));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => undefined)));
  return texts.filter((text) => text !== undefined).map((text) => JSON.parse(text) as RunRecord);
}

function pictures(all: ResultRow[]): string {
  return all
    .map(
      ({title, name, shown}) =>
        `### ${title}, seed ${shown.seed}\n\n![Loss and accuracy of ${title}](results/${name}.svg)`,
    )
    .join('\n\n');
}
