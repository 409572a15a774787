/**
 * What tfjs-layers lacks of Keras, for any backend: early stopping, checkpoints, curves for TensorBoard, a progress bar,
 * augmentation.
 *
 * @module training
 */
export type {TransformParameters} from './affine.js';
export type {FillMode, ImageDataGeneratorOptions, ShiftRange} from './augmentation-options.js';
export {type Batch, BatchDataset, type BatchOptions, type ExampleSource} from './batches.js';
export {type CapturedTraining, captureTraining} from './capture-training.js';
export {EarlyStopping, type EarlyStoppingOptions, type EarlyStoppingState} from './early-stopping.js';
export {type FlowOptions, ImageDataGenerator} from './image-data-generator.js';
export {ModelCheckpoint, type ModelCheckpointOptions, type SaveTarget} from './model-checkpoint.js';
export type {EpochLogs, MonitorMode} from './monitor.js';
export {ProgressBar, type ProgressBarOptions, type ProgressOutput} from './progress-bar.js';
export {permutation, seededRandom} from './random.js';
export type {BestState} from './state.js';
export {type ScalarWriter, TensorBoard, type TensorBoardOptions} from './tensor-board.js';
