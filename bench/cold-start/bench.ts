import {execFile} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {UsageError} from '../../common/errors';
import {mean, median, middleHalf, sum} from '../../common/statistics';
import type {ColdStartOptions} from '../options';
import type {Progress} from '../progress';
import {assertPrograms, fileOf, writeProject} from './project';
import {type Start, start} from './start';

/** Predicts nothing: what others take beyond it is theirs. */
const EMPTY = 'empty';
/** Of mnist-wasm, and measures itself. */
const PHASES = 'phases';
/** Each a file in programs/. */
export const COMPILED = 'compiled';
const PROGRAMS = [COMPILED, 'mnist-wasm', 'native'];
/** The peers' programs, by their names in the benchmark. */
const OF_PEERS: Readonly<Record<string, string>> = {wasm: 'tfjs-backend-wasm', 'onnxruntime-web': 'onnxruntime-web'};

/** From the start of a process to its first prediction, by one Node, bundled or not. */
export interface ColdStart {
  node: string;
  isBundled: boolean;
  starts: number;
  /** Of the empty script. */
  empty: number;
  /** Medians of what the programs take beyond it in the same round, by name. */
  programs: Record<string, number>;
  /** Where the time of 'mnist-wasm' goes, in its order: they add up to a start. */
  phases: Record<string, number>;
}

/**
 * @param peers those that are installed and wanted
 * @throws UsageError outside a checkout, or where a program is no Node
 */
export async function benchColdStarts(
  {nodes, starts}: ColdStartOptions,
  peers: readonly string[],
  progress: Progress,
): Promise<ColdStart[]> {
  assertPrograms();
  const programs = [EMPTY, ...PROGRAMS, ...peers.flatMap((name) => OF_PEERS[name] ?? []), PHASES];
  const versions = await Promise.all(nodes.map(versionOf));
  const folder = await mkdtemp(path.join(os.tmpdir(), 'mnist-wasm-cold-start-'));
  try {
    await writeProject(folder, programs);
    const results: ColdStart[] = [];
    for (const [i, node] of nodes.entries()) {
      for (const isBundled of [false, true]) {
        const title = `Node ${versions[i]}${isBundled ? ', bundled' : ''}`;
        progress.started(title);
        const rounds = await runRounds(node, programs, starts, (program) => fileOf(folder, program, isBundled));
        const result = {node: versions[i], isBundled, starts, ...summarize(rounds)};
        results.push(result);
        progress.done(title, result.programs);
      }
    }
    return results;
  } finally {
    await rm(folder, {recursive: true});
  }
}

async function versionOf(node: string): Promise<string> {
  try {
    const {stdout} = await promisify(execFile)(node, ['-p', 'process.versions.node']);
    return stdout.trim();
  } catch {
    throw new UsageError(`'${node}' is no program that runs as Node does`);
  }
}

type Round = Record<string, Start>;

/**
 * The programs one after another, again and again: what the machine does meanwhile meets all of them. Each starts after an
 * empty script that is not timed: what starts right after a large process has ended takes up to 15 ms longer.
 */
async function runRounds(
  node: string,
  programs: readonly string[],
  starts: number,
  fileOfProgram: (program: string) => string,
): Promise<Round[]> {
  const rounds: Round[] = [];
  // The first comes from a disk that may not have been read yet.
  for (let i = -1; i < starts; i++) {
    const round: Round = {};
    for (const program of programs) {
      await start(node, fileOfProgram(EMPTY));
      round[program] = await start(node, fileOfProgram(program));
    }
    assertSameLabels(round);
    if (i >= 0) rounds.push(round);
  }
  return rounds;
}

function assertSameLabels({[EMPTY]: _, ...round}: Round): void {
  const labels = Object.entries(round).map(([program, {label}]) => `${program} ${label}`);
  if (new Set(Object.values(round).map(({label}) => label)).size > 1)
    throw new Error(`the programs predict different labels: ${labels.join(', ')}`);
}

function summarize(rounds: readonly Round[]): Pick<ColdStart, 'empty' | 'programs' | 'phases'> {
  const names = Object.keys(rounds[0]).filter((name) => name !== EMPTY && name !== PHASES);
  const empty = median(rounds.map((round) => round[EMPTY].milliseconds));
  const beyond = (name: string) => median(rounds.map((round) => round[name].milliseconds - round[EMPTY].milliseconds));
  return {
    empty,
    programs: Object.fromEntries(names.map((name) => [name, beyond(name)])),
    phases: phasesOf(
      rounds.map((round) => round[PHASES]),
      empty,
    ),
  };
}

/** Means, which add up, as medians would not. */
function phasesOf(starts: readonly Start[], empty: number): Record<string, number> {
  const middle = middleHalf(starts, ({milliseconds}) => milliseconds);
  const phases = Object.fromEntries(
    Object.keys(middle[0].phases).map((name) => [name, mean(middle.map((each) => each.phases[name] ?? 0))]),
  );
  const inProgram = sum(Object.values(phases));
  return {
    'process: that of an empty script': empty,
    'the program is read and parsed': mean(middle.map(({milliseconds}) => milliseconds)) - empty - inProgram,
    ...phases,
  };
}
