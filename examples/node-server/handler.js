/**
 * Answers POST /predict with the digit that the model reads. It knows nothing of who serves it: a server gives the
 * request's method, path and body, and sends what comes back.
 */
import {isPng, readPng} from './png.js';

/** 784 numbers with all their decimals are 20 kB. */
const MAX_BYTES = 32 * 1024;
/** Of a larger body so much is dropped before the answer: who is still sending when the connection closes never sees it. */
const MAX_DROPPED_BYTES = 8 * 1024 * 1024;
const PIXELS = 28 * 28;
const DIGITS = 10;

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {Record<string, string>} headers
 * @property {string} text JSON: {label, probabilities}, or {error}
 */

/**
 * @param {import('./model.js').Model} model of 28 x 28 pixels, and one image a batch
 * @returns {(request: {method: string, path: string, body: AsyncIterable<Uint8Array> | Iterable<Uint8Array> | null}) => Promise<Answer>}
 *   never rejects
 */
export function createHandler(model) {
  assertReadsDigits(model);
  return async ({method, path, body}) => {
    try {
      if (path !== '/predict') throw new RequestError(404, 'not found: there is POST /predict, and nothing else');
      if (method !== 'POST') throw new RequestError(405, `the method is ${method}; expected POST`);
      const probabilities = model.predict(readPixels(await readBody(body)));
      const label = probabilities.indexOf(Math.max(...probabilities));
      return answer(200, {label, probabilities: [...probabilities]});
    } catch (error) {
      if (error instanceof RequestError) return answer(error.status, {error: error.message});
      console.error(error);
      return answer(500, {error: 'internal error'});
    }
  };
}

/** The request is at fault; the message says how. */
class RequestError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

function answer(status, content) {
  const headers = {'content-type': 'application/json', ...(status === 405 && {allow: 'POST'})};
  return {status, headers, text: JSON.stringify(content)};
}

/** Keeps no more than MAX_BYTES, whatever length was announced. */
async function readBody(body) {
  const chunks = [];
  let size = 0;
  try {
    for await (const chunk of body ?? []) {
      size += chunk.length;
      if (size > MAX_DROPPED_BYTES) break;
      if (size <= MAX_BYTES) chunks.push(chunk);
    }
  } catch {
    throw new RequestError(400, 'the body did not arrive whole');
  }
  if (size > MAX_BYTES) throw new RequestError(413, `the body is too large; at most ${MAX_BYTES} bytes are read`);
  if (size === 0) throw new RequestError(400, 'the body is empty; expected a PNG, or 784 numbers as JSON');
  if (chunks.length === 1) return chunks[0];
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** What the bytes are is told by themselves: clients seldom set the content type. */
function readPixels(bytes) {
  if (!isPng(bytes)) return readNumbers(bytes);
  try {
    return readPng(bytes);
  } catch (error) {
    throw new RequestError(400, error.message);
  }
}

function readNumbers(bytes) {
  const numbers = parse(bytes);
  if (!Array.isArray(numbers)) throw new RequestError(400, `the JSON is no array; expected ${PIXELS} numbers`);
  if (numbers.length !== PIXELS)
    throw new RequestError(400, `the array has ${numbers.length} elements; expected ${PIXELS} numbers, 28 rows of 28`);
  const wrong = numbers.findIndex((value) => !(typeof value === 'number' && value >= 0 && value <= 1));
  if (wrong < 0) return numbers;
  const found = typeof numbers[wrong] === 'number' ? numbers[wrong] : JSON.stringify(numbers[wrong]).slice(0, 40);
  throw new RequestError(400, `element ${wrong} is ${found}; expected a number from 0, black, to 1, white`);
}

function parse(bytes) {
  try {
    return JSON.parse(new TextDecoder('utf-8', {fatal: true}).decode(bytes));
  } catch {
    throw new RequestError(400, 'the body is neither a PNG nor JSON');
  }
}

/** Another model is a mistake that should not wait for the first request. */
function assertReadsDigits({inputShapes, outputShapes}) {
  const sizes = [inputShapes, outputShapes].map((shapes) => shapes.map((shape) => shape.reduce((a, b) => a * b, 1)));
  if (JSON.stringify(sizes) === JSON.stringify([[PIXELS], [DIGITS]])) return;
  throw new TypeError(
    `the model takes ${JSON.stringify(inputShapes)} and gives ${JSON.stringify(outputShapes)}; ` +
      `expected ${PIXELS} pixels of one image, and ${DIGITS} probabilities`,
  );
}
