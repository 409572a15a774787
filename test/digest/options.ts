import {Command, InvalidArgumentError, Option} from 'commander';
import {UsageError} from '../../common/errors';
import {integer} from '../../common/node/integer.mjs';
import {browserNames} from '../browser/launch.mjs';
import {modelNames, type Settings} from './digest';

const LEVELS = ['relaxed', 'simd'];

export interface DigestOptions extends Settings {
  /** Where it runs instead of in this process. */
  browser?: 'chromium' | 'firefox';
}

/**
 * Reads the command line.
 *
 * @throws UsageError; what commander itself refuses ends the process with exit code 2
 */
export function parseOptions(args: readonly string[]): DigestOptions {
  const options = new Command('npm run digest --')
    .description(
      "Trains the recipes' models and prints digests of their losses and weights. Exit code: 0; 1 where a model has " +
        "other bits on another number of threads, 2 for what can't be run.",
    )
    .option('--steps <n>', 'training steps of each model', integer(1, 1_000_000), 200)
    .option('--only <text>', 'only models with this in their names', '')
    .option(
      '--threads <list>',
      'each model on each of these numbers of threads, such as 1,2,4: all must agree',
      numbers,
    )
    .addOption(new Option('--level <name>', 'the feature level (default: the best there is)').choices(LEVELS))
    .addOption(new Option('--browser <name>', 'in a page of this browser, instead of Node').choices(browserNames))
    .exitOverride(({exitCode}) => process.exit(exitCode === 0 ? 0 : 2))
    .parse(args, {from: 'user'})
    .opts<DigestOptions>();
  if (!modelNames.some((name) => name.includes(options.only)))
    throw new UsageError(`no model has '${options.only}' in its name; known: ${modelNames.join(', ')}`);
  return options;
}

function numbers(text: string): number[] {
  const list = text.split(',').map((one) => integer(1, 16)(one.trim()));
  if (new Set(list).size < list.length) throw new InvalidArgumentError('A number is there twice.');
  return list;
}
