import type {Optimizer} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {MnistData} from 'mnist-wasm/mnist';
import {
  compileForClassification,
  exampleSource,
  findRecipe,
  initialState,
  type Recipe,
  type Stage,
  setLearningRate,
  splitOff,
  trainStage,
} from '../../recipes';
import type {NetworkSpec} from '../network/spec';
import {LiveObserver} from './live';
import type {TrainingControl} from './training-control';
import type {ModelChoice, TrainEnd, TrainObserver, TrainSettings} from './types';

/** How a recipe trains, without its models. */
export type Training = Pick<Recipe, 'stages' | 'optimizer' | 'loss' | 'validation' | 'earlyStopping'>;

/** For a model that is of no recipe. */
export const PLAIN_TRAINING: Training = {
  stages: [{title: 'training', epochs: 1, batchSize: 128}],
  optimizer: {name: 'adam', learningRate: 0.001, decays: true},
  loss: 'categoricalCrossentropy',
  validation: {on: 'last', fraction: 0.1},
};

/** How the model is trained that is of a recipe, or was put together on the page, or neither. */
export function trainingOf(choice: ModelChoice | undefined, network: NetworkSpec | undefined): Training {
  if (choice) return findRecipe(choice.recipe);
  if (!network) return PLAIN_TRAINING;
  const {optimizer: name, learningRate, schedule, batchSize} = network.training;
  return {
    ...PLAIN_TRAINING,
    stages: PLAIN_TRAINING.stages.map((stage) => ({...stage, batchSize})),
    optimizer: {name, learningRate, decays: schedule === 'linear'},
  };
}

/**
 * Steps in which a new optimizer of a network that has learned works its learning rate up: Adam's first steps are as long
 * as they can be, whatever the gradient, and one of them threw a network of 98.5 % under 90 %.
 */
const WARM_UP_STEPS = 100;

/** The optimizers whose moments are those of their model's weights, and what each was made for. */
const uses = new WeakMap<Optimizer, string>();

/**
 * Trains a model in place, from the weights that it has, as its recipe does but for what the settings say.
 *
 * @param earlier the epochs of earlier trainings; undefined where it is untrained. The optimizer of one goes on.
 */
export async function train(
  model: LayersModel,
  training: Training,
  data: MnistData,
  settings: TrainSettings,
  {gate, signal}: TrainingControl,
  page: TrainObserver,
  earlier: number | undefined,
): Promise<TrainEnd> {
  const {batchSize, epochs, learningRate, seed} = settings;
  const stages: Stage[] = training.stages.map((stage) => ({...stage, epochs, batchSize}));
  const optimizer = {...training.optimizer, learningRate};
  const use = `${optimizer.name}, ${training.loss}`;
  const goesOn = earlier !== undefined && uses.get(model.optimizer) === use;
  if (goesOn) setLearningRate(model, learningRate);
  else compileForClassification(model, optimizer, training.loss);
  uses.set(model.optimizer, use);
  const warmUpSteps = earlier !== undefined && !goesOn ? WARM_UP_STEPS : 0;
  const split = splitOff(training.validation, data);
  const live = new LiveObserver(model, stages, split.validation, gate, page, earlier ?? 0);
  const examples = {
    train: exampleSource(model, split.train, training.loss),
    validation: split.validation && exampleSource(model, split.validation, training.loss),
  };
  let state = initialState();
  for (const stage of stages) {
    live.begin(state.stage);
    const observed = {
      ...examples,
      stage,
      optimizer,
      seed,
      signal,
      observer: live,
      warmUpSteps: state.stage === 0 ? warmUpSteps : 0,
    };
    const result = await trainStage(model, {...observed, earlyStopping: training.earlyStopping}, state);
    const {status, stoppedEarly} = result;
    // The moments are no longer numbers, and the weights those of an earlier epoch.
    if (status === 'diverged') uses.delete(model.optimizer);
    if (status !== 'finished') {
      return {
        status: status === 'diverged' ? status : 'stopped',
        stoppedEarly,
        seconds: live.seconds(),
        epochs: live.epochs(),
      };
    }
    state = {...result.state, stage: state.stage + 1, epochs: 0, earlyStopping: null};
    if (state.stage === stages.length) {
      return {status: 'finished', stoppedEarly, seconds: live.seconds(), epochs: live.epochs()};
    }
  }
  throw new RangeError('the recipe has no stages');
}
