/** The recipes and how they are trained, for the command line, the page, the benchmark and the tests; in any JavaScript engine. */
export {findModel, findRecipe, recipes} from './catalogue';
export {whyAtChance} from './classifier/chance';
export {
  classify,
  type DigitClassifier,
  inputTensor,
  testClassifier,
  usualClassifier,
} from './classifier/classifier';
export {type Finding, findPreparation} from './classifier/find';
export {fitTitle} from './classifier/fitting';
export {imageInputOf} from './classifier/image-input';
export type {ClassifierModel, OperationsModel, Port} from './classifier/model';
export {READING_TITLES} from './classifier/reading';
export {
  POLARITIES,
  type Polarity,
  SCALE_NAMES,
  type ScaleName,
  scalingTitle,
} from './classifier/scaling';
export {labelCounts, randomIndices} from './exploration';
export {seededGlorotUniform} from './models/initializers';
export {lenet} from './models/lenet';
export {mlp} from './models/mlp';
export {runName, runTitle, variantOf} from './names';
export type {OptimizerSettings, Recipe, RecipeModel, Stage, Validation} from './recipe';
export {compileForClassification, createOptimizer, LEARNING_RATES} from './training/compile';
export {type Evaluation, evaluate} from './training/evaluation';
export {exampleSource, toExamples} from './training/examples';
export {digitsMisfit} from './training/fit';
export {type ClassificationMetrics, classificationMetrics, type Mistake} from './training/metrics';
export {restoreScalars, scalarsOf} from './training/optimizer-state';
export {reseedDropout, setLearningRate} from './training/schedule';
export type {TrainingObserver} from './training/stage-settings';
export {
  type EpochProgress,
  epochsIn,
  initialState,
  type StageResult,
  type TrainingHistory,
  type TrainingState,
} from './training/state';
export {subset} from './training/subset';
export {type StageTraining, trainStage} from './training/train-stage';
export {missingForTraining} from './training/trainable';
export {splitOff} from './training/validation';
