/**
 * What tfjs-layers lacks of Keras, for any backend: early stopping, checkpoints, augmentation.
 *
 * @module training
 */
export type {TransformParameters} from './affine.js';
export type {FillMode, ImageDataGeneratorOptions, ShiftRange} from './augmentation-options.js';
export {type Batch, BatchDataset, type BatchOptions, type ExampleSource} from './batches.js';
export {EarlyStopping, type EarlyStoppingOptions, type EarlyStoppingState} from './early-stopping.js';
export {type FlowOptions, ImageDataGenerator} from './image-data-generator.js';
export {ModelCheckpoint, type ModelCheckpointOptions, type SaveTarget} from './model-checkpoint.js';
export type {EpochLogs, MonitorMode} from './monitor.js';
export {permutation, seededRandom} from './random.js';
export type {BestState} from './state.js';
