import {register} from 'mnist-wasm/native';
import {predictOn} from './tfjs.mjs';

register();
await predictOn('mnist-wasm');
