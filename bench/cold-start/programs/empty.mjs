import {finish} from './task.mjs';

finish();
