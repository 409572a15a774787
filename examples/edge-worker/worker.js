import {createHandler} from './handler.js';
import {load} from './model.js';
import compiled from './model.wasm';

const handle = createHandler(await load(compiled));

export default {
  async fetch(request) {
    const {status, headers, text} = await handle({
      method: request.method,
      path: new URL(request.url).pathname,
      body: request.body,
    });
    return new Response(text, {status, headers});
  },
};
