/**
 * `npm run test:tuning`: sets each constant of assembly/tuning.ts to its extremes in turn, and expects the tests of the
 * kernels to fail. A constant that no test misses is either not tested or not needed. `-- --only CONV` tries some.
 */
import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {parseArgs} from 'node:util';
import Table from 'cli-table3';
import {buildVariant, tuningConstants} from '../../scripts/variant.mjs';

/** Long past any size that the tests have; and for sizes of tiles, for which the kernels are written, another one. */
const EXTREMES = ['1', '1048576'];
const OTHERS = {MR: ['4', '5'], NR: ['4']};
const TIMEOUT_MS = 120_000;

const {values: options} = parseArgs({options: {only: {type: 'string', default: ''}}});
const table = new Table({
  head: ['Constant', 'Value', 'Instead', 'Fails', 'For example'],
  style: {head: [], border: [], compact: true},
});
let passed = 0;
let failed = 0;
for (const [name, value] of tuningConstants()) {
  if (!name.includes(options.only)) continue;
  for (const extreme of OTHERS[name] ?? EXTREMES) {
    process.stderr.write(`${name} = ${extreme}\n`);
    const {count, example} = await failuresWith(name, extreme);
    if (count > 0) passed++;
    else failed++;
    table.push([name, value, extreme, count, example]);
  }
}
console.log(table.toString());
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

/** How many tests of the kernels fail, and the name of the first. */
async function failuresWith(name, value) {
  const variant = await buildVariant({[name]: value});
  try {
    return await testFailures(variant.file);
  } finally {
    variant.remove();
  }
}

async function testFailures(file) {
  const folder = mkdtempSync(path.join(tmpdir(), 'tuning-'));
  const report = path.join(folder, 'report.json');
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'relaxed', 'assembly'];
  const flags = ['--reporter=json', `--outputFile=${report}`, '--bail=1'];
  const env = {...process.env, MNIST_WASM_FILE: file};
  try {
    const code = await exitCode(spawn(process.execPath, [...args, ...flags], {env, stdio: 'ignore', detached: true}));
    if (code === 'timeout') return {count: 1, example: 'does not come to an end'};
    const {numFailedTests, testResults} = JSON.parse(readFileSync(report, 'utf8'));
    const first = testResults.flatMap(({assertionResults}) => assertionResults).find(({status}) => status === 'failed');
    return {count: numFailedTests, example: first?.fullName ?? ''};
  } finally {
    rmSync(folder, {recursive: true});
  }
}

/** Kernels of a wrong size may run for ever. */
function exitCode(child) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      process.kill(-child.pid);
      resolve('timeout');
    }, TIMEOUT_MS);
    child.on('error', reject);
    child.on('exit', (code) => {
      clearTimeout(timer);
      resolve(code);
    });
  });
}
