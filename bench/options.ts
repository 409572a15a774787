import {Command} from 'commander';
import {UsageError} from '../common/errors';
import {integer} from '../common/node/integer.mjs';
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
  /** Of each contestant. */
  threads: number;
}

type Given = Record<'only' | 'peers', string> &
  Partial<Record<'json' | 'markdown' | 'chart', string>> & {profile?: string | true; threads: number};

/**
 * Reads the command line.
 *
 * @throws UsageError; what commander itself refuses ends the process with exit code 2
 */
export function parseOptions(args: readonly string[], peers: readonly string[]): BenchOptions {
  const given = new Command('bench')
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
    .exitOverride(({exitCode}) => process.exit(exitCode === 0 ? 0 : 2))
    .parse(args, {from: 'user'})
    .opts<Given>();
  const {json, markdown, chart, threads} = given;
  if (chart !== undefined && given.profile !== undefined)
    throw new UsageError('--chart shows training steps, which --profile does not compare');
  const only = given.only.toLowerCase();
  return {
    only,
    peers: chosenPeers(given.peers, peers),
    json,
    markdown,
    chart,
    profile: chosenModels(given.profile),
    threads,
  };
}

function chosenPeers(text: string, known: readonly string[]): string[] {
  if (text === 'none') return [];
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return known.filter((name) => names.includes(name));
  throw new UsageError(`there is no peer '${unknown}'; known: ${known.join(', ')}, or none`);
}

function chosenModels(text: string | true | undefined): string[] {
  const known = benchModels.map(({name}) => name);
  if (text === undefined) return [];
  if (text === true) return known;
  const found = known.find((name) => name.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return [found];
  throw new UsageError(`there is no model '${text}'; known: ${known.join(', ')}`);
}
