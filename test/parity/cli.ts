/** `npm run parity`: the case table on any tfjs backend against any other. */
import {version_core} from '@tensorflow/tfjs-core';
import {writeFileAtomic} from 'mnist-wasm/node';
import colors from 'picocolors';
import {UsageError} from '../../common/errors';
import {count} from '../../common/format';
import {progress} from '../../common/node/progress-line';
import {allCases} from '../cases';
import {randomCases} from '../random';
import {runKernelCases} from './kernel';
import {type ParityOptions, parseOptions} from './options';
import {failureLines, kernelTable, summary} from './print';
import {addCounts, countCases, type KernelReport, worstError} from './report';
import {Runner} from './runner';

/** The backend whose error messages the cases state. */
const STATES_ERRORS = 'mnist-wasm';

try {
  process.exitCode = await main(parseOptions(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${colors.red('error:')} ${error.message} (--help lists the options)`);
  process.exitCode = 2;
}

/** @returns the exit code. */
async function main(options: ParityOptions): Promise<number> {
  const {backend, against} = options;
  const kernels = chosenKernels(options);
  const runner = new Runner({backend, against, imports: options.import}, options.timeout);
  const featureLevel = await runner.start();
  const versions = [`tfjs-core ${version_core}`, `Node ${process.version}`];
  if (featureLevel !== undefined) versions.unshift(`feature level ${featureLevel}`);
  console.log(`${colors.bold(backend)} against ${colors.bold(against)}: ${versions.join(', ')}`);

  const chosen = options.path === undefined ? allCases.filter((c) => c.test !== false && kernels.has(c.kernel)) : [];
  const cases = chosen.filter((c) => backend === STATES_ERRORS || !c.throws);
  const leftOut = chosen.length - cases.length;
  if (leftOut > 0) console.log(`Left out: ${count(leftOut)} cases that state an error of ${STATES_ERRORS}.`);

  const reports: KernelReport[] = [];
  for (const kernel of [...kernels].sort()) {
    const report = await runKernelCases(
      kernel,
      cases.filter((c) => c.kernel === kernel),
      runner,
      options,
    );
    if (report.cases.length > 0 || report.random) reports.push(report);
  }
  runner.stop();
  progress('');
  console.log([kernelTable(reports), ...failureLines(reports), summary(reports)].join('\n'));
  if (options.json !== undefined) {
    await writeFileAtomic(options.json, json(options, versions, reports));
    console.log(`Written to ${options.json}`);
  }
  const {failed, trapped} = addCounts(reports.map(countCases));
  return failed + trapped > 0 ? 1 : 0;
}

function chosenKernels({kernel: named}: ParityOptions): ReadonlySet<string> {
  const known = new Set([...allCases.map(({kernel}) => kernel), ...Object.keys(randomCases)]);
  const unknown = named?.find((kernel) => !known.has(kernel));
  if (unknown === undefined) return named ? new Set(named) : known;
  throw new UsageError(`no cases of a kernel '${unknown}'; there are some of ${[...known].sort().join(', ')}`);
}

/** Errors that no number tells are null. */
function json({backend, against, seed}: ParityOptions, versions: string[], reports: readonly KernelReport[]): string {
  const kernels = reports.map((report) => {
    const {kernel, cases, random} = report;
    return {kernel, counts: countCases(report), worst: worstError(report), cases, random};
  });
  return `${JSON.stringify({backend, against, seed, versions, kernels}, null, 2)}\n`;
}
