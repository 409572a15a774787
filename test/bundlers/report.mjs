/** What the run prints: what it is at, a line for each result, the sizes, and how many passed and failed. */
import pc from 'picocolors';
import {newTable} from '../../common/node/table.mjs';

/** So much of a wrong thing is printed; a bundler may print pages. */
const LONGEST = 4000;

export function createReport() {
  const counts = {passed: 0, failed: 0};
  const sizes = [];
  const entries = [];
  const of = (title) => ({
    step: (what) => console.log(pc.dim(`       ${title} ${what} ...`)),
    result(name, wrong) {
      counts[wrong.length === 0 ? 'passed' : 'failed']++;
      console.log(`${wrong.length === 0 ? pc.green('passed') : pc.red('failed')} ${title}: ${name}`);
      for (const text of wrong) console.log(shorten(text).replace(/^/gm, '       '));
    },
    leaveOut: (name, reason) => console.log(`${pc.yellow('left out')} ${title}: ${name}: ${reason}`),
    addScripts(scripts) {
      for (const {file, holds, bytes, gzip} of scripts)
        sizes.push({cells: [title, file, holds.join(', ')], bytes, gzip});
    },
  });
  const end = () => {
    printSizes('Scripts with code of this package, and of tfjs with it', ['', 'script', 'holds'], sizes);
    printSizes('This package alone', ['entry'], entries);
    console.log(`${counts.passed} passed, ${counts.failed} failed`);
    return counts.failed === 0;
  };
  const addEntry = (entry, size) => entries.push({cells: [entry], ...size});
  return {of, addEntry, end};
}

function shorten(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST / 2)}\n[...]\n${text.slice(-LONGEST / 2)}` : text;
}

function printSizes(title, head, rows) {
  if (rows.length === 0) return;
  const table = newTable([...head, 'minified', 'and gzip'], head.length);
  for (const {cells, bytes, gzip} of rows) table.push([...cells, kilobytes(bytes), kilobytes(gzip)]);
  console.log(`\n${title}:\n${table}\n`);
}

function kilobytes(bytes) {
  return `${Math.round(bytes / 1000)} kB`;
}
