import {load} from './lenet.js';
import {finish, readImage} from './task.mjs';

const model = await load();
finish(model.predict(readImage()));
