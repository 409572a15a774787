import {createHandler} from './handler.js';
import {load} from './model.js';

// Once for each instance, while it starts.
const handle = createHandler(await load());

/**
 * @param event of an HTTP API of API Gateway, or of a function URL: payload format 2.0
 */
export async function handler(event) {
  if (event.version !== '2.0') throw new TypeError(`an event of format ${event.version}; expected 2.0`);
  const {body = '', isBase64Encoded, rawPath, requestContext} = event;
  const {status, headers, text} = await handle({
    method: requestContext.http.method,
    path: rawPath,
    body: [Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')],
  });
  return {statusCode: status, headers, body: text};
}
