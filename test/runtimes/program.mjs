/** The suite in a program that runs a script of the project: Node, Deno and Bun. */
import {CommandError, environment, run} from '../bundlers/project.mjs';
import {failedReport} from './project/suite.mjs';

const LIMIT_SECONDS = 120;

/** That the level and the threads are the runtime's own choice. */
const env = {...environment};
for (const name of ['MNIST_WASM_FEATURES', 'MNIST_WASM_THREADS', 'NODE_OPTIONS']) delete env[name];

/** @returns {Promise<import('./project/suite.mjs').Report>} */
export async function runProgram(file, args, project) {
  try {
    const options = {env, timeout: LIMIT_SECONDS * 1000};
    const printed = await run(file, args, project, options);
    const [, report] = /^report: (.*)$/m.exec(printed) ?? [];
    if (!report) throw new CommandError(`there is no report in what it printed:\n${printed}`);
    return withWarnings(JSON.parse(report), printed);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return failedReport('runs to its end', error.message);
  }
}

/** What the package, or the runtime about it, had to say is amiss. */
function withWarnings(report, printed) {
  const said = printed
    .split('\n')
    .filter((line) => /mnist-wasm:|\bwarn(ing)?\b/i.test(line) && !/^report: /.test(line));
  return {...report, results: [...report.results, {name: 'warns of nothing', wrong: said.join('\n') || undefined}]};
}

export async function versionOf(file) {
  const [, version] = /v?(\d[\d.-]*)/.exec(await run(file, ['--version'], process.cwd(), {env})) ?? [];
  return version;
}
