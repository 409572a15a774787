import 'mnist-wasm';
import {predictOn} from './tfjs.mjs';

await predictOn('mnist-wasm');
