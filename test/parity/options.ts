import {Command} from 'commander';
import {UsageError} from '../../common/errors';
import {integer} from '../../common/node/integer.mjs';

export interface ParityOptions {
  backend: string;
  against: string;
  kernel?: string[];
  import: string[];
  random: number;
  seed: number;
  path?: string;
  timeout: number;
  json?: string;
}

const COMMAND = 'npm run parity --';

/** Reads the command line; a wrong one ends the process with exit code 2. */
export function parseOptions(args: readonly string[]): ParityOptions {
  const options = new Command(COMMAND)
    .description(
      'Runs the kernels of one tfjs backend over the cases of test/cases, and compares the results with those of ' +
        "another. Exit code: 0 where all agree, 1 where some do not, 2 for what can't be run.",
    )
    .option('--backend <name>', 'the backend that is tested', 'mnist-wasm')
    .option('--against <name>', 'the backend whose results are taken as right', 'cpu')
    .option('--kernel <name...>', 'only these kernels')
    .option('--import <package...>', 'packages, or paths of modules, that register a backend on import', [])
    .option('--random <n>', 'also run n random cases of every kernel that has some', integer(0, 10_000_000), 0)
    .option('--seed <n>', 'seed of the random cases', integer(0, 2 ** 31 - 1), 1)
    .option('--path <path>', 'run one random case alone, which an earlier run has named')
    .option('--timeout <seconds>', 'how long a backend may take for one case', integer(1, 1_000_000), 30)
    .option('--json <file>', 'also write what became of every case there')
    .exitOverride(({exitCode}) => process.exit(exitCode === 0 ? 0 : 2))
    .parse(args, {from: 'user'})
    .opts<ParityOptions>();
  if (options.path !== undefined && (options.kernel?.length !== 1 || options.random === 0)) {
    throw new UsageError('--path is one of --random cases of one --kernel');
  }
  return options;
}

/** The command that runs one random case again. */
export function reproduction(options: ParityOptions, kernel: string, path: string): string {
  const {backend, against, seed} = options;
  const words = ['--backend', backend, '--against', against];
  if (options.import.length > 0) words.push('--import', ...options.import);
  words.push('--kernel', kernel, '--random', '1', '--seed', String(seed), '--path', path);
  return [COMMAND, ...words.map((word) => (/[^\w@:,./-]/.test(word) ? `'${word}'` : word))].join(' ');
}
