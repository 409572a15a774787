import {loadUpscaler} from '../upscaler.mjs';

export const load = (tf) => loadUpscaler(tf, '@upscalerjs/esrgan-medium', '4x', 'models/x4/model.json', 64);
