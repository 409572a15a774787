/**
 * What is told of a failure: what went wrong, and the way there from the line of the test.
 */
import {coreUrl} from './suite.mjs';

const root = new URL('../../', import.meta.url).href;

/**
 * @param errors what failed in one place: errors, or jasmine's failed expectations.
 * @returns the messages of all, and the stack of the first.
 */
export function describeFailure(errors) {
  return {
    message: errors.map(({message}) => message).join('\n'),
    stack: errors.length > 0 ? frames(errors[0].stack) : [],
  };
}

/** The frames in the tests, this package and WebAssembly, with short paths; not jasmine's, Node's and tfjs-core's. */
function frames(stack = '') {
  return stack
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at ') && !/<Jasmine>|\(?node:/.test(line))
    .filter((line) => !line.includes(coreUrl) || line.includes('_test.js:'))
    .map((line) => line.replaceAll(coreUrl, '').replaceAll(root, ''));
}
