import type {DataId, DataIdWatcher} from '../data-ids.js';
import type {KernelExportName} from '../module/load.js';
import {Recording} from '../recording.js';
import type {Step} from '../step.js';

/** A word becomes a number that an earlier step has computed. */
interface Copy {
  kind: 'copy';
  word: number;
  from: number;
}

/** One thing that a step of training does. */
export type LiveStep = Step | Copy;

/** Functions that change what other calls do: they are called once. */
const FOR_ONCE = /^(set_threads|allow_sleep|stop_threads|close_job|scale_chunks)$/;
/** Functions that write one number as often as they are told. */
const FILLS = /^fill_/;

/** Records a step of training, which goes on whatever happens: what cannot be repeated is a failure of the recording. */
export class StepRecorder extends Recording<Copy> implements DataIdWatcher {
  override readonly copiesNumbers = true;
  /** Why the step cannot be repeated. */
  failure: string | undefined;
  /** How many steps come before the first that overwrites the value of a variable. */
  untouched = Number.POSITIVE_INFINITY;
  /** Words that JavaScript has written since the last call, and where their numbers are. */
  private readonly copies = new Map<number, number>();
  private readonly known = new Set<DataId>();
  private readonly own = new Set<DataId>();

  constructor(private readonly isHome: (offset: number) => boolean) {
    super();
  }

  /** Data ids that were there before, and are used. */
  get used(): DataId[] {
    return [...this.known].filter((dataId) => !this.own.has(dataId));
  }

  override stop(): void {
    this.flush();
    super.stop();
  }

  override called(name: KernelExportName, numbers: readonly number[], result: number | undefined): void {
    super.called(name, numbers, result);
    if (FILLS.test(name)) this.noteConstant(numbers[0]);
    if (FOR_ONCE.test(name)) this.fail(`${name} was called`);
  }

  override reading(offset: number): void {
    if (!this.isConstant(offset)) this.fail('JavaScript reads a value that the step computes, or is given');
  }

  override copied(word: number, from: number): void {
    if (!this.isConstant(from)) this.copies.set(word, from);
  }

  override overwritten(offset: number): void {
    if (this.isHome(offset)) this.untouched = Math.min(this.untouched, this.steps.length - 1);
  }

  found(dataId: DataId): void {
    this.known.add(dataId);
  }

  made(dataId: DataId): void {
    this.own.add(dataId);
  }

  fail(reason: string): void {
    this.failure ??= reason;
  }

  protected override flush(): void {
    const first = this.steps.length;
    super.flush();
    if (this.copies.size === 0) return;
    // The numbers of this step are not part of the program.
    for (const step of this.steps.slice(first)) {
      if (step.kind !== 'write') continue;
      const {offset, content} = step;
      for (const word of this.copies.keys()) {
        if (word >= offset && word < offset + content.length) content.fill(0, word - offset, word - offset + 4);
      }
    }
    for (const [word, from] of this.copies) this.steps.push({kind: 'copy', word, from});
    this.copies.clear();
  }
}
