/** What the example takes from a file beside it. */
const IMPORT = "import {load} from './model.js';";
const LOAD = 'await load()';

/**
 * One file of a page that is made of two and a module.
 *
 * @param html a page that imports `load` from './model.js'.
 * @param loader what is in that file.
 * @param module the bytes that it reads.
 */
export function pageAround(html: string, loader: string, module: Uint8Array): string {
  for (const part of [IMPORT, LOAD]) {
    if (!html.includes(part)) throw new Error(`The example page no longer has ${part}`);
  }
  // In a function, so that its names are its own.
  const inlined = `const {load} = (() => {\n${loader.replace('export async function load', 'async function load')}return {load};\n})();`;
  const bytes = `Uint8Array.from(atob('${toBase64(module)}'), (char) => char.charCodeAt(0))`;
  // Functions, since the text of a replacement has signs of its own.
  return html
    .replace(IMPORT, () => inlined.replaceAll('</script', '<\\/script'))
    .replace(LOAD, () => `await load(${bytes})`);
}

/** In parts, since a call takes so many arguments only. */
function toBase64(bytes: Uint8Array): string {
  const part = 0x8000;
  let text = '';
  for (let at = 0; at < bytes.length; at += part) text += String.fromCharCode(...bytes.subarray(at, at + part));
  return btoa(text);
}
