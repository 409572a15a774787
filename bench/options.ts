import {Command} from 'commander';
import {UsageError} from '../common/errors';
import {integer} from '../common/node/integer.mjs';
import {knownNames} from '../common/suggestion';
import {benchModels} from './models';

export interface BenchOptions {
  /** In lower case; what has it in its title is run. */
  only: string;
  peers: string[];
  json?: string;
  markdown?: string;
  chart?: string;
  /** The models to profile, instead of the benchmark. */
  profile: string[];
  /** Compiled models, instead of the benchmark. */
  compiled: boolean;
  /** The start of a process, instead of the benchmark. */
  coldStart?: ColdStartOptions;
  /** Every kernel of tfjs-backend-wasm beside ours, instead of the benchmark. */
  sweep: boolean;
  /** Of each contestant. */
  threads: number;
}

/** How processes are started. */
export interface ColdStartOptions {
  /** Programs: Node in one version or another. */
  nodes: string[];
  /** Of each program. */
  starts: number;
}

type Given = Record<'only' | 'peers', string> &
  Partial<Record<'json' | 'markdown' | 'chart', string>> & {profile?: string | true; threads: number} & {
    compiled?: boolean;
    sweep?: boolean;
    coldStart?: boolean;
    node?: string[];
    starts?: number;
  };

/**
 * Reads the command line.
 *
 * @throws UsageError; what commander itself refuses ends the process with exit code 2
 */
export function parseOptions(args: readonly string[], peers: readonly string[]): BenchOptions {
  // `mnist-wasm bench` says so.
  const given = new Command(process.env.MNIST_WASM_BENCH_NAME ?? 'npm run bench --')
    .description(
      "Times the recipes' models (training step, inference), every product in their layers, and other kernels, on " +
        'mnist-wasm and its peers: medians after warm-up, with as many threads each.',
    )
    .option('--only <text>', 'only what has this in its title: a model, a layer, a kernel, "training step"', '')
    .option('--peers <names>', `comma-separated, of ${peers.join(', ')}; or none`, peers.join(','))
    .option('--threads <n>', 'threads of each; tfjs and jax-js have one', integer(1, 16), 1)
    .option('--json <file>', 'also write the results there')
    .option('--markdown <file>', 'also write tables there')
    .option('--chart <file.svg>', 'also draw the training steps there')
    .option('--profile [model]', "instead: where the time of a model's training step goes; of all models by default")
    .option('--compiled', 'instead: small models compiled to modules, at batch 1 on one thread')
    .option(
      '--sweep',
      "instead: tfjs-backend-wasm's kernels at three sizes beside ours, in turns; lists what is slower",
    )
    .option('--cold-start', 'instead: from the start of a process to its first prediction')
    .option('--node <path...>', 'with --cold-start: these programs instead of the Node that runs this')
    .option('--starts <n>', 'with --cold-start: of each program; by default 15', integer(3, 1000))
    .configureOutput({outputError: (text, write) => write(`${text.trim().replaceAll('\n', ' ')}\n`)})
    .exitOverride(({exitCode}) => process.exit(exitCode === 0 ? 0 : 2))
    .parse(args, {from: 'user'})
    .opts<Given>();
  const {json, markdown, chart, threads} = given;
  checkModes(given);
  const only = given.only.toLowerCase();
  return {
    only,
    peers: chosenPeers(given.peers, peers),
    json,
    markdown,
    chart,
    profile: chosenModels(given.profile),
    compiled: given.compiled ?? false,
    sweep: given.sweep ?? false,
    coldStart: given.coldStart ? {nodes: given.node ?? [process.execPath], starts: given.starts ?? 15} : undefined,
    threads,
  };
}

/** @throws UsageError for options that have nothing to do with what is run */
function checkModes({profile, compiled, sweep, coldStart, only, chart, node, starts, threads}: Given): void {
  const modes = [
    profile !== undefined && '--profile',
    compiled && '--compiled',
    sweep && '--sweep',
    coldStart && '--cold-start',
  ].filter((mode) => mode !== false && mode !== undefined);
  if (modes.length > 1) throw new UsageError(`${modes.join(' and ')} are runs of their own: give one`);
  if (!coldStart && (node !== undefined || starts !== undefined))
    throw new UsageError('--node and --starts go with --cold-start');
  if (chart !== undefined && modes.length > 0)
    throw new UsageError(`--chart shows training steps, which ${modes[0]} does not time`);
  if (coldStart && only !== '') throw new UsageError('--only chooses models: --cold-start has one, lenet');
  if (!compiled && !sweep && !coldStart) return;
  if (threads !== 1) throw new UsageError(`${modes[0]} is on one thread`);
}

function chosenPeers(text: string, known: readonly string[]): string[] {
  if (text === 'none') return [];
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return known.filter((name) => names.includes(name));
  throw new UsageError(`there is no peer '${unknown}'; ${knownNames(unknown, [...known, 'none'])}`);
}

function chosenModels(text: string | true | undefined): string[] {
  const known = benchModels.map(({name}) => name);
  if (text === undefined) return [];
  if (text === true) return known;
  const found = known.find((name) => name.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return [found];
  throw new UsageError(`there is no model '${text}'; ${knownNames(text, known)}`);
}
