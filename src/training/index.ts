export {EarlyStopping, type EarlyStoppingOptions, type EarlyStoppingState} from './early-stopping.js';
export {ModelCheckpoint, type ModelCheckpointOptions, type SaveTarget} from './model-checkpoint.js';
export type {MonitorMode} from './monitor.js';
export type {BestState} from './state.js';
