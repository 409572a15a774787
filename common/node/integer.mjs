import {InvalidArgumentError} from 'commander';

/**
 * Reads a whole number from a command line, for commander. JavaScript, because some programs run unbuilt.
 *
 * @param {number} min
 * @param {number} max
 * @returns {(text: string) => number}
 */
export function integer(min, max) {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`);
    }
    return value;
  };
}
