import {messageOf, reasonOf} from '../common/errors';
import {allCases, type KernelCase} from '../test/cases';
import {type LayerCase, layerCases, titleOf} from './layers/cases';
import {type ModelCase, modelCases, titleOf as titleOfModel} from './models';
import type {Milliseconds, Peer} from './peers/peer';
import {Progress} from './progress';
import type {Results} from './results';
import {SUBJECT} from './subject';

/** Something to time on everybody. */
interface Job {
  title: string;
  run(peer: Peer): Promise<Milliseconds>;
  /** Puts the times where they belong in the results. */
  record(results: Results, milliseconds: Milliseconds): void;
}

/** Jobs whose results are shown together. */
export interface Group {
  name: 'training steps' | 'inference' | 'layers' | 'kernels';
  jobs: Job[];
}

/** The groups of the benchmark, less what the filter leaves out. */
export function groupsOf(only: string): Group[] {
  const modelJobs = (task: ModelCase['task']) => modelCases.filter((c) => c.task === task).map(modelJob);
  const groups: Group[] = [
    {name: 'training steps', jobs: modelJobs('training step')},
    {name: 'inference', jobs: modelJobs('inference')},
    {name: 'layers', jobs: layerCases().map(layerJob)},
    {name: 'kernels', jobs: allCases.filter(({bench}) => bench).map(kernelJob)},
  ];
  return groups
    .map(({name, jobs}) => ({name, jobs: jobs.filter(({title}) => title.toLowerCase().includes(only))}))
    .filter(({jobs}) => jobs.length > 0);
}

/** Runs the groups one after another on all contestants, and tells when each is done. */
export async function runGroups(
  groups: readonly Group[],
  contestants: readonly Peer[],
  results: Results,
  groupDone: () => void,
): Promise<void> {
  const progress = new Progress(groups.flatMap(({jobs}) => jobs).length);
  for (const {jobs} of groups) {
    for (const job of jobs) {
      progress.started(job.title);
      const milliseconds = await runJob(job, contestants, results);
      job.record(results, milliseconds);
      progress.done(job.title, milliseconds);
    }
    groupDone();
  }
}

async function runJob({title, run}: Job, contestants: readonly Peer[], {failures}: Results): Promise<Milliseconds> {
  const milliseconds: Milliseconds = {};
  for (const contestant of contestants) {
    try {
      Object.assign(milliseconds, await run(contestant));
    } catch (error) {
      // A peer that fails costs its own number, not all those of a run that takes long.
      if (contestant.name === SUBJECT) throw error;
      failures.push({peer: contestant.name, title, message: lineOf(error)});
    }
  }
  return milliseconds;
}

function modelJob(modelCase: ModelCase): Job {
  return {
    title: titleOfModel(modelCase),
    run: (peer) => peer.benchModel(modelCase),
    record: ({models}, milliseconds) => models.push({...modelCase, milliseconds}),
  };
}

function layerJob(layerCase: LayerCase): Job {
  const {models, layer, batch, pass, kernelCase} = layerCase;
  const {kernel, flops} = kernelCase;
  return {
    title: titleOf(layerCase),
    run: (peer) => timeKernel(peer, kernelCase),
    record: ({layers}, milliseconds) => layers.push({models, layer, batch, pass, kernel, flops, milliseconds}),
  };
}

function kernelJob(kernelCase: KernelCase): Job {
  const {kernel, name, flops} = kernelCase;
  return {
    title: `${kernel} ${name}`,
    run: (peer) => timeKernel(peer, kernelCase),
    record: ({kernels}, milliseconds) => kernels.push({kernel, name, flops, milliseconds}),
  };
}

/** In one line: the error of a child has the child's stack around it. */
function lineOf(error: unknown): string {
  const lines = messageOf(error).split('\n');
  return lines.find((line) => line.includes('Error:')) ?? reasonOf(error);
}

async function timeKernel(peer: Peer, kernelCase: KernelCase): Promise<Milliseconds> {
  return (await peer.benchKernel?.(kernelCase)) ?? {};
}
