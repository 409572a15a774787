import type {KernelCase} from '../../test/cases';
import type {ModelCase} from '../models';

/** Milliseconds by column: a peer has one of its name, and more where it has more than one way to run. */
export type Milliseconds = Record<string, number>;

/** Who the benchmark times. Everything runs on as many threads as threads.ts says. */
export interface Peer {
  name: string;
  columns: readonly string[];
  /** Called once, before anything is timed. */
  find(): Promise<{version: string} | {missing: string}>;
  /** The medians; empty where it cannot run that, or only in many seconds. */
  benchModel(modelCase: ModelCase): Promise<Milliseconds>;
  /** The same for one kernel of tfjs; absent where the peer has no such thing. */
  benchKernel?(kernelCase: KernelCase): Promise<Milliseconds>;
}

/** A peer that is there. */
export interface FoundPeer {
  peer: Peer;
  version: string;
}
