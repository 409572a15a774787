import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {describe, expect, it} from 'vitest';

const dist = path.resolve(import.meta.dirname, '../../dist');

/** A bundle and, through its imports, the chunks that it is split into, with their text. */
async function filesOf(entry: string, found = new Map<string, string>()): Promise<Map<string, string>> {
  if (found.has(entry)) return found;
  const text = await readFile(path.join(dist, entry), 'utf8');
  found.set(entry, text);
  for (const [, chunk] of text.matchAll(/(?:from|import) *\(?"(\.[^"]+)"/g)) {
    await filesOf(path.posix.join(path.posix.dirname(entry), chunk), found);
  }
  return found;
}

describe('what browsers load of the package', () => {
  it.each(['index.js', 'native.js', 'mnist.browser.js', 'training.js'])('does not evaluate text: %s', async (entry) => {
    for (const [file, text] of await filesOf(entry)) {
      const call = /\b(?:eval|Function) *\(/.exec(text);
      expect(call && text.slice(call.index - 40, call.index + 40), file).toBeNull();
    }
  });

  it('is searched with its chunks', async () => {
    expect([...(await filesOf('index.js')).keys()].some((file) => file.startsWith('chunks/'))).toBe(true);
  });
});
