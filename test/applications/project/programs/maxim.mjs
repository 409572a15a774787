import {loadUpscaler} from '../upscaler.mjs';

export const load = (tf) => loadUpscaler(tf, '@upscalerjs/maxim-denoising', '', 'models/model.json', 64);
