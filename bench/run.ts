import {allCases} from '../test/cases';
import type {KernelCase} from '../test/cases/types';
import {type LayerCase, layerCases, titleOf} from './layers/cases';
import {type ModelCase, modelCases} from './models';
import type {Milliseconds, Peer} from './peers/peer';
import {Progress} from './progress';
import type {Results} from './results';

/** Something to time on everybody. */
interface Job {
  title: string;
  run(peer: Peer): Promise<Milliseconds>;
  /** Puts the times where they belong in the results. */
  record(results: Results, milliseconds: Milliseconds): void;
}

/** Jobs whose results are shown together. */
export type Group = readonly Job[];

/** The groups of the benchmark, less what the filter leaves out. */
export function groupsOf(only: string): Group[] {
  const training = modelCases.filter(({task}) => task === 'training step');
  const inference = modelCases.filter(({task}) => task === 'inference');
  const kernels = allCases.filter(({bench}) => bench);
  return [training.map(modelJob), inference.map(modelJob), layerCases().map(layerJob), kernels.map(kernelJob)]
    .map((jobs) => jobs.filter(({title}) => title.toLowerCase().includes(only)))
    .filter((jobs) => jobs.length > 0);
}

/** Runs the groups one after another on all contestants, and tells when each is done. */
export async function runGroups(
  groups: readonly Group[],
  contestants: readonly Peer[],
  results: Results,
  groupDone: () => void,
): Promise<void> {
  const progress = new Progress(groups.flat().length);
  for (const group of groups) {
    for (const {title, run, record} of group) {
      progress.started(title);
      const milliseconds: Milliseconds = {};
      for (const contestant of contestants) Object.assign(milliseconds, await run(contestant));
      record(results, milliseconds);
      progress.done(title, milliseconds);
    }
    groupDone();
  }
}

function modelJob(modelCase: ModelCase): Job {
  const {model, task, batch} = modelCase;
  return {
    title: `${model} ${task}, batch ${batch}`,
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

async function timeKernel(peer: Peer, kernelCase: KernelCase): Promise<Milliseconds> {
  return (await peer.benchKernel?.(kernelCase)) ?? {};
}
