import {loadUpscaler} from '../upscaler.mjs';

export const load = (tf) => loadUpscaler(tf, '@upscalerjs/esrgan-slim', '2x', 'models/x2/model.json', 96);
