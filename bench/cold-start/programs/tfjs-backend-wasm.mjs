import '@tensorflow/tfjs-backend-wasm';
import {predictOn} from './tfjs.mjs';

await predictOn('wasm');
