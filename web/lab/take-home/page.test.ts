import {readFileSync} from 'node:fs';
import {loaderSource} from 'mnist-wasm/compile';
import {describe, expect, it} from 'vitest';
import {pageAround} from './page';

const example = readFileSync(new URL('../../../examples/browser/index.html', import.meta.url), 'utf8');

describe('a page around a module', () => {
  const module = Uint8Array.from({length: 100_000}, (_, i) => i % 251);
  const page = pageAround(example, loaderSource('a </script> b.wasm'), module);

  it('imports nothing, and has one script, as the example', () => {
    expect(page).not.toContain('import {');
    expect(page.match(/<\/script>/g)).toHaveLength(1);
    expect(page).toContain('async function load(source)');
  });

  it('has the bytes of the module', () => {
    const [, base64] = page.match(/atob\('([^']*)'\)/) ?? [];
    expect(Uint8Array.from(Buffer.from(base64, 'base64'))).toEqual(module);
  });

  it('tells where the example is another', () => {
    expect(() => pageAround('<html></html>', '', module)).toThrow("no longer has import {load} from './model.js';");
  });
});
