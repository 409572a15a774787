import {Command, CommanderError} from 'commander';
import {CompileError} from 'mnist-wasm/compile';
import {KerasError} from 'mnist-wasm/keras';
import {MnistError} from 'mnist-wasm/mnist';
import {ModelFileError} from 'mnist-wasm/node';
import pc from 'picocolors';
import {UsageError} from '../common/errors';
import {nextTurn} from '../common/turn';
import {calledAs} from './called-as';
import {benchCommand} from './commands/bench';
import {compareCommand} from './commands/compare';
import {compileCommand} from './commands/compile';
import {convertCommand} from './commands/convert';
import {evaluateCommand} from './commands/evaluate';
import {exploreCommand} from './commands/explore';
import {listCommand} from './commands/list';
import {predictCommand} from './commands/predict';
import {runsCommand} from './commands/runs';
import {summaryCommand} from './commands/summary';
import {trainCommand} from './commands/train';
import {webCommand} from './commands/web';
import {RunError} from './errors';
import {hasLostOutput} from './lost-output';
import {packageVersion} from './run/record';

const EXPECTED = [UsageError, RunError, ModelFileError, KerasError, MnistError, CompileError];

/**
 * The command line `mnist-wasm`.
 *
 * @returns the exit code: 0 done, 1 failed, 2 a wrong command, flag or value, 130 or 143 stopped by a signal.
 */
export async function main(args: string[]): Promise<number> {
  let exitCode: number | undefined;
  const finish = (code: number) => {
    exitCode = code;
  };
  try {
    await program(finish).parseAsync(args, {from: 'user'});
    // A stream tells only then that it could not write.
    await nextTurn();
    // A training has its results in a folder; of the other commands the output is the result.
    return exitCode ?? (hasLostOutput() ? 1 : 0);
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    process.stderr.write(`${pc.red('error:')} ${textOf(error)}\n`);
    return error instanceof CommanderError || error instanceof UsageError ? 2 : 1;
  }
}

export function program(finish: (code: number) => void): Command {
  const all = new Command(calledAs())
    .enablePositionalOptions()
    .description('Trains, tests and compares the recipes: published Keras projects for MNIST, on WebAssembly.')
    .version(packageVersion());
  const commands = [
    trainCommand(finish),
    evaluateCommand(),
    predictCommand(finish),
    exploreCommand(),
    runsCommand(),
    compareCommand(),
    summaryCommand(),
    convertCommand(),
    compileCommand(),
    listCommand(),
    webCommand(),
    benchCommand(finish),
  ];
  for (const command of commands) all.addCommand(command);
  for (const command of [all, ...all.commands]) {
    command
      .exitOverride()
      .configureOutput({outputError: () => {}})
      .showSuggestionAfterError();
  }
  return all;
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof CommanderError) {
    if (error.code === 'commander.help') return 'expected a command (--help lists them)';
    return `${error.message.replace(/^error: /, '').replaceAll('\n', ' ')} (--help lists what there is)`;
  }
  // What the system refuses, as a disk that is full, is no fault of the program.
  const isExpected = EXPECTED.some((type) => error instanceof type) || 'syscall' in error;
  return isExpected ? error.message : (error.stack ?? error.message);
}
