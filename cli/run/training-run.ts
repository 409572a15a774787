import path from 'node:path';
import {dispose, type Tensor} from '@tensorflow/tfjs-core';
import {fileSystem} from 'mnist-wasm/node';
import {ModelCheckpoint} from 'mnist-wasm/training';
import {
  type Evaluation,
  epochsIn,
  evaluate,
  initialState,
  type StageTraining,
  type TrainingState,
  toExamples,
  trainStage,
} from '../../recipes';
import {RunError} from '../errors';
import {openReport} from '../open-report';
import type {Output} from '../output';
import {TrainingProgress} from '../progress';
import {type CheckpointFolder, keptOptions, loadWeights} from './checkpoint';
import {conclusion, divergence, stageLine, stoppedAt} from './description';
import {type Interruption, onInterrupt} from './interrupt';
import {nextSteps} from './next-steps';
import {type Run, runRecord} from './record';
import {clearCurves, observers, TensorBoardCurves, tensorBoardFolder} from './tensorboard';
import {writeResults} from './write-results';

/** The training, the test and the results of a run that is prepared. */
export class TrainingRun {
  private readonly best: string;
  private readonly curves: TensorBoardCurves | undefined;

  constructor(
    private readonly run: Run,
    private readonly output: Output,
    private readonly checkpoints: CheckpointFolder,
  ) {
    this.best = path.join(run.plan.out, 'best');
    const folder = tensorBoardFolder(run.plan);
    this.curves = folder === undefined ? undefined : new TensorBoardCurves(folder, (text) => output.print(text));
  }

  async train(resumed: TrainingState | undefined): Promise<number> {
    const {run, output} = this;
    const {plan, model} = run;
    const progress = new TrainingProgress(output.stream);
    const interruption = onInterrupt(() => {
      progress.stop();
      output.print('Stopping after this batch; the run so far is kept. A second Ctrl-C ends at once.');
    });
    if (!resumed) await clearCurves(tensorBoardFolder(plan));
    const start = resumed ? {...resumed, resumed: resumed.resumed + 1} : initialState();
    const {training, evaluation} = await this.trainRemainingStages(start, interruption, progress);
    const {state, status} = training;
    if (status === 'diverged' && epochsIn(state.history) === 0) throw new RunError(divergence(state));
    if (state.partialEpoch) output.print(`Stopped ${stoppedAt(state.partialEpoch)}`);

    // Before the evaluation, which a second Ctrl-C may end.
    await model.save(fileSystem(path.join(plan.out, 'model')));
    const final = evaluation ?? (await evaluate(model, run.data.test));
    const record = runRecord(run, training, final);
    const files = await writeResults(plan.out, record, final, run.data.test);
    await output.json(record);
    output.print(`\n${conclusion(record)}\n${files}`);
    if (status === 'finished') await this.checkpoints.remove();
    if (plan.options.open) await openReport(path.join(plan.out, 'report.html'), output);
    if (status === 'diverged') throw new RunError(divergence(state));
    output.print(`\n${nextSteps(plan, record)}`);
    return status === 'interrupted' ? (interruption.exitCode() ?? 1) : 0;
  }

  /** The stages that are left, each evaluated on the test set. */
  private async trainRemainingStages(
    start: TrainingState,
    interruption: Interruption,
    progress: TrainingProgress,
  ): Promise<{training: StageTraining; evaluation?: Evaluation}> {
    const {plan, model, data} = this.run;
    let state = start;
    let training: StageTraining | undefined;
    let evaluation: Evaluation | undefined;
    const stepTimes: number[] = [];
    while (state.stage < plan.stages.length) {
      const stage = plan.stages[state.stage];
      if (plan.stages.length > 1) this.output.print(stageLine(stage, state.stage, plan));
      training = await this.trainCurrentStage(state, interruption, progress);
      stepTimes.push(...training.stepTimes);
      state = training.state;
      if (training.status !== 'finished') return {training: {...training, stepTimes}};
      evaluation = await evaluate(model, data.test);
      const {accuracy, loss} = evaluation.metrics;
      const result = {title: stage.title, epochs: state.epochs, accuracy, loss};
      state = {...state, stage: state.stage + 1, epochs: 0, earlyStopping: null};
      state.finishedStages = [...state.finishedStages, result];
      training = {...training, state, stepTimes};
      if (state.stage < plan.stages.length) await this.saveCheckpoint(state);
    }
    interruption.release();
    if (!training) throw new RunError('the unfinished run has no stage left to train; --overwrite begins anew');
    return {training, evaluation};
  }

  private async trainCurrentStage(
    state: TrainingState,
    {signal}: Interruption,
    progress: TrainingProgress,
  ): Promise<StageTraining> {
    const {plan, model, train, validation} = this.run;
    const {recipe, optimizer, seed} = plan;
    const stage = plan.stages[state.stage];
    const earlyStopping = validation ? recipe.earlyStopping : undefined;
    const tensors = {
      train: toExamples(model, train, recipe.loss),
      validation: validation && toExamples(model, validation, recipe.loss),
    };
    const bestWeights = earlyStopping && (await this.bestWeights(state));
    progress.begin(stage.epochs);
    this.curves?.begin(state);
    try {
      return await trainStage(
        model,
        {
          ...tensors,
          stage,
          optimizer,
          earlyStopping,
          bestWeights,
          keepBest: earlyStopping && this.keepBest(earlyStopping.monitor, state),
          seed,
          signal,
          observer: this.curves ? observers(progress, this.curves) : progress,
          checkpointInterval: plan.options.checkpointEvery && plan.options.checkpointEvery * 1000,
          saveCheckpoint: (current) => this.saveCheckpoint(current),
        },
        state,
      );
    } finally {
      progress.stop();
      await this.curves?.flush();
      for (const {xs, ys} of [tensors.train, ...(tensors.validation ? [tensors.validation] : [])]) dispose([xs, ys]);
      dispose(bestWeights ?? []);
    }
  }

  private async bestWeights({earlyStopping}: TrainingState): Promise<Tensor[] | undefined> {
    if (earlyStopping === null || earlyStopping.best === null) return undefined;
    const {tensors} = await loadWeights(this.best);
    return tensors.map(({tensor}) => tensor);
  }

  private keepBest(monitor: string, {earlyStopping}: TrainingState): ModelCheckpoint {
    const keepBest = new ModelCheckpoint(fileSystem(this.best), {monitor, saveBestOnly: true});
    if (earlyStopping) keepBest.setState(earlyStopping);
    return keepBest;
  }

  private async saveCheckpoint(state: TrainingState): Promise<void> {
    const {plan, model, data} = this.run;
    const {recipe, options} = plan;
    await this.checkpoints.save(model, {
      recipe: recipe.name,
      options: keptOptions(options),
      data: data.description,
      state,
    });
  }
}
