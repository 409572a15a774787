/** What the servers are asked, and what they must answer. */
import {deflateSync} from 'node:zlib';
import {toNumbers} from './images.mjs';
import {COLOR, chunk, file, header, png} from './png-file.mjs';

/**
 * @typedef {object} Request
 * @property {string} name
 * @property {string} method
 * @property {string} path
 * @property {Buffer | string} [body]
 *
 * @typedef {Request & {pixels: number[]}} GoodRequest with what the model must see
 * @typedef {Request & {status: number, reason: RegExp}} BadRequest
 */

const MAX_BYTES = 32 * 1024;

/** An image as the two kinds of body that the servers take. @returns {GoodRequest[]} */
export function plainRequests(image) {
  const pixels = toNumbers(image);
  return [good('numbers', JSON.stringify(pixels), pixels), good('a PNG', png(image), pixels)];
}

/** PNGs that say the same in another way. @returns {GoodRequest[]} */
export function unusualRequests(image) {
  const pixels = toNumbers(image);
  const each = (toValues) => Array.from(image).flatMap(toValues);
  const inverted = Buffer.from(Array.from({length: 256}, (_, i) => [255 - i, 255 - i, 255 - i]).flat());
  const text = chunk('tEXt', Buffer.from('Comment\0a digit'));
  const profile = chunk('iCCP', Buffer.concat([Buffer.from('bomb\0\0'), deflateSync(Buffer.alloc(2 ** 24))]));
  return [
    good(
      'a PNG of 16 bits',
      png(
        each((v) => 257 * v),
        {depth: 16},
      ),
      pixels,
    ),
    good(
      'a PNG of 4 bits',
      png(
        each((v) => v >> 4),
        {depth: 4},
      ),
      each((v) => (v >> 4) / 15),
    ),
    good(
      'a PNG of 1 bit',
      png(
        each((v) => v >> 7),
        {depth: 1},
      ),
      each((v) => v >> 7),
    ),
    good(
      'a PNG with a palette',
      png(
        each((v) => 255 - v),
        {color: COLOR.palette, extra: [chunk('PLTE', inverted)]},
      ),
      pixels,
    ),
    good(
      'a PNG in colour',
      png(
        each((v) => [v, v, v]),
        {color: COLOR.rgb},
      ),
      pixels,
    ),
    good(
      'a PNG of opaque and transparent white',
      png(
        each((v) => [255, 255, 255, v]),
        {color: COLOR.rgba},
      ),
      pixels,
    ),
    good(
      'a PNG of grey and opacity',
      png(
        each((v) => [255, v]),
        {color: COLOR.greyAlpha},
      ),
      pixels,
    ),
    good('a PNG with text', png(image, {extra: [text]}), pixels),
    good('a PNG with a profile that inflates to 16 MB', png(image, {extra: [profile]}), pixels),
    {...good('a query', JSON.stringify(pixels), pixels), path: '/predict?from=test'},
  ];
}

/** @returns {BadRequest[]} */
export function badRequests(image) {
  const numbers = toNumbers(image);
  const text = JSON.stringify(numbers);
  const sound = png(image);
  const json = (value) => JSON.stringify(value);
  const changed = (index, value) => json(numbers.with(index, value));
  const damaged = Buffer.from(sound);
  damaged[sound.length - 20] ^= 0xff;
  return [
    bad('an empty body', '', 400, /empty/),
    bad('JSON that ends early', text.slice(0, 1000), 400, /neither a PNG nor JSON/),
    bad('text', 'seven', 400, /neither a PNG nor JSON/),
    bad('bytes that are no UTF-8', Buffer.from([0x5b, 0xff, 0x5d]), 400, /neither a PNG nor JSON/),
    bad('an array in an array, 15,000 times', '['.repeat(15_000) + ']'.repeat(15_000), 400, /element|nor JSON/),
    bad('an object', json({pixels: numbers}), 400, /no array/),
    bad('null', 'null', 400, /no array/),
    bad('783 numbers', json(numbers.slice(1)), 400, /783 elements; expected 784/),
    bad('785 numbers', json([...numbers, 0]), 400, /785 elements; expected 784/),
    bad('rows', json(Array(28).fill(numbers.slice(0, 28))), 400, /28 elements; expected 784/),
    bad('NaN', text.replace('0', 'NaN'), 400, /nor JSON/),
    bad('NaN as JSON.stringify writes it', changed(5, Number.NaN), 400, /element 5 is null/),
    bad('a number that is infinite', changed(5, 7).replace('7', '1e999'), 400, /is Infinity/),
    bad('a string among the numbers', changed(6, '0.5'), 400, /element 6 is "0.5"/),
    bad('bytes', json([...image]), 400, /expected a number from 0, black, to 1/),
    bad('a negative number', changed(7, -0.1), 400, /element 7 is -0.1/),
    bad('a PNG that ends early', sound.subarray(0, 60), 400, /truncated/),
    bad('the signature of a PNG alone', sound.subarray(0, 8), 400, /truncated/),
    bad('a PNG with a wrong byte', damaged, 400, /damaged/),
    bad('a PNG without pixels', file(header(28, 28)), 400, /damaged/),
    bad('a PNG with half of its pixels', png(image.subarray(0, 392), {}), 400, /damaged/),
    bad('a PNG of 60,000 x 60,000', file(header(60_000, 60_000), chunk('IDAT')), 400, /60000 x 60000 pixels/),
    bad('a PNG that grows at its second header', grown(), 400, /60000 x 60000 pixels/),
    bad('a PNG with two headers', png(image, {extra: [header(28, 28)]}), 400, /2 headers/),
    bad('a PNG with an empty header', file(chunk('IHDR'), png(image).subarray(33, -12)), 400, /0 headers/),
    bad('a PNG of 32 x 32', png(Array(1024).fill(0), {width: 32, height: 32}), 400, /32 x 32 pixels; expected 28 x 28/),
    bad('a PNG that inflates to 24 MB', bomb(3 * 2 ** 23), 400, /bytes of pixels/),
    bad('a PNG that inflates to 256 MB', bomb(2 ** 28), 413, /too large/),
    bad('a PNG in interlaced rows of another length', interlacedOutOfRange(image), 400, /damaged/),
    bad('a body of 32 kB and a byte', ' '.repeat(MAX_BYTES + 1), 413, /too large; at most 32768 bytes/),
    bad('a body of 4 MB', Buffer.alloc(2 ** 22, 0x20), 413, /too large/),
    ...['GET', 'HEAD', 'OPTIONS', 'DELETE'].map((method) => ({
      ...bad(method, undefined, 405, /expected POST/),
      method,
    })),
    ...['PUT', 'PATCH'].map((method) => ({...bad(method, text, 405, /expected POST/), method})),
    ...['/', '/predict/', '/predictions', '/%2e%2e/model.wasm', '/handler.js'].map((path) => ({
      ...bad(`the path ${path}`, text, 404, /not found/),
      path,
    })),
    {...bad('a path that is not there', undefined, 404, /not found/), method: 'GET', path: '/favicon.ico'},
  ];
}

function good(name, body, pixels) {
  return {name, method: 'POST', path: '/predict', body, pixels};
}

function bad(name, body, status, reason) {
  return {name, method: 'POST', path: '/predict', body, status, reason};
}

/** Of the right size at first. */
function grown() {
  return file(header(28, 28), header(60_000, 60_000), chunk('IDAT', deflateSync(Buffer.alloc(812))));
}

function bomb(bytes) {
  return file(header(28, 28), chunk('IDAT', deflateSync(Buffer.alloc(bytes), {level: 9})));
}

/** Said to be interlaced, and is not. */
function interlacedOutOfRange(image) {
  const said = Buffer.from(header(28, 28)).subarray(8, 21);
  said[12] = 1;
  return file(chunk('IHDR', said), png(image).subarray(33, -12));
}
