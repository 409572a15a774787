import {viteSingleFile} from 'vite-plugin-singlefile';

/** `vite build` puts the script and the model, as base64, into the page. */
export default {plugins: [viteSingleFile()]};
