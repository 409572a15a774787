import {Callback} from '@tensorflow/tfjs-layers';
import {checkInteger} from '../mnist/check.js';
import {assertGiven, assertOptions, misfit} from '../shared/given.js';
import {type EpochLogs, kerasName, NO_VALUES, resolved} from './monitor.js';

/** Where curves are written: `EventFile` of mnist-wasm/node, or one of your own. */
export interface ScalarWriter {
  scalar(tag: string, value: number, step: number): void;
  flush(): Promise<void>;
}

export interface TensorBoardOptions {
  /**
   * When values are written beside those of each epoch: `batch` after every batch, a number after so many. Default:
   * epoch, never. A value that is written is read from the backend.
   */
  updateFreq?: 'epoch' | 'batch' | number;
}

/** As Keras names the folders. */
const TRAIN = 'train';
const VALIDATION = 'validation';

/**
 * Writes the curves of a training for TensorBoard: tf.node.tensorBoard of tfjs-node, for `fit` and `fitDataset`. The runs
 * are `train` and `validation`, and the curves have Keras's names, so that the same metric of both is in one chart:
 * `epoch_loss`, `epoch_accuracy`, and with `updateFreq` `batch_loss`, `batch_accuracy`. An epoch's step is the number of
 * epochs done, a batch's that of all batches of this callback's trainings.
 *
 * @example
 * import {eventFiles} from 'mnist-wasm/node';
 * new TensorBoard(eventFiles('logs/lenet'), {updateFreq: 'batch'})
 */
export class TensorBoard extends Callback {
  private readonly batchesBetween: number;
  private readonly writers = new Map<string, ScalarWriter>();
  private batches = 0;

  /**
   * @param open makes the writer of a run, once: `eventFiles(folder)`.
   * @throws RangeError where `updateFreq` is none of its values.
   */
  constructor(
    private readonly open: (run: string) => ScalarWriter,
    options: TensorBoardOptions = {},
  ) {
    super();
    assertGiven(typeof open === 'function', 'open', "a function, such as eventFiles('logs') of mnist-wasm/node", open);
    assertOptions(options);
    const {updateFreq = 'epoch'} = options;
    if (typeof updateFreq === 'number') checkInteger('updateFreq', updateFreq, 1, Number.MAX_SAFE_INTEGER);
    else if (!['epoch', 'batch'].includes(updateFreq)) {
      throw new RangeError(misfit('updateFreq', "'epoch', 'batch' or a number", updateFreq));
    }
    this.batchesBetween = updateFreq === 'epoch' ? Infinity : updateFreq === 'batch' ? 1 : updateFreq;
  }

  override async onBatchEnd(_batch: number, logs?: EpochLogs): Promise<void> {
    this.batches++;
    if (this.batches % this.batchesBetween === 0) await this.write('batch', logs, this.batches);
  }

  /** @throws what writing throws: it ends the training. */
  override async onEpochEnd(epoch: number, logs?: EpochLogs): Promise<void> {
    await this.write('epoch', logs, epoch + 1);
    await this.flush();
  }

  override async onTrainEnd(): Promise<void> {
    await this.flush();
  }

  private async write(of: 'batch' | 'epoch', logs: EpochLogs | undefined, step: number): Promise<void> {
    for (const [name, value] of Object.entries(await resolved(logs))) {
      if (NO_VALUES.includes(name)) continue;
      const [run, metric] = name.startsWith('val_') ? [VALIDATION, name.slice('val_'.length)] : [TRAIN, name];
      this.writerOf(run).scalar(`${of}_${kerasName(metric)}`, value, step);
    }
  }

  private writerOf(run: string): ScalarWriter {
    const writer = this.writers.get(run) ?? this.open(run);
    this.writers.set(run, writer);
    return writer;
  }

  private async flush(): Promise<void> {
    for (const writer of this.writers.values()) await writer.flush();
  }
}
