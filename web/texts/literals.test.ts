import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {parseAst, transformWithEsbuild} from 'vite';
import {expect, test} from 'vitest';

const WEB = path.resolve(import.meta.dirname, '..');
/** Where a word that the visitor reads may come from. Some write programs, whose words are code. */
const ROOMS = ['app', 'break', 'lab', 'links', 'network', 'own', 'race'];
const CODE = /^(network\/(code\/|calls\.ts)|app\/take-home\/lines\.ts|lab\/take-home\/page\.ts)/;
/** What looks like words and is none of the page's: CSS, a name in the browser's storage, a browser's name, errors that none but us can cause. */
const NO_WORDS = [
  '(prefers-reduced-motion: reduce)',
  'px system-ui, sans-serif',
  'Max',
  'Last training',
  'Samsung Internet',
  'unknown form ',
  'the recipe has no stages',
  'tfjs saved a model without calling its handler.',
];
/** Two words in a row, or in what is drawn a capital at the beginning. */
const WORDS = /\p{L}{2,}[,;:]? \p{L}{2,}/u;
const CAPITAL = /^\p{Lu}\p{Ll}+/u;

interface Node {
  type: string;
  value?: unknown;
  key?: {name?: string};
  [part: string]: unknown;
}

/** Texts of a program outside imports, comparisons, keys and classes. */
function texts(node: unknown, found: string[] = []): string[] {
  if (Array.isArray(node)) for (const one of node) texts(one, found);
  if (typeof node !== 'object' || node === null || !('type' in node)) return found;
  const {type, value, key, ...parts} = node as Node;
  if (type === 'Literal' && typeof value === 'string') found.push(value);
  if (type === 'TemplateElement') found.push((value as {cooked: string}).cooked);
  if (/^(Import|Export(All|Named))/.test(type) && parts.source) return found;
  if (type === 'BinaryExpression' && /^[!=]==$/.test(String(parts.operator))) return found;
  if (type === 'Property' && key?.name === 'class') return found;
  for (const part of [value, ...Object.values(parts)]) texts(part, found);
  return found;
}

async function wordsOf(file: string): Promise<string[]> {
  const source = readFileSync(path.join(WEB, file), 'utf8');
  const {code} = await transformWithEsbuild(source, file, {jsx: 'automatic', sourcemap: false});
  return texts(parseAst(code)).filter(
    (text) => (WORDS.test(text) || (file.startsWith('app/') && CAPITAL.test(text))) && !NO_WORDS.includes(text),
  );
}

test('what the page says is in texts/: there are no words in its sources', async () => {
  const files = ROOMS.flatMap((room) =>
    readdirSync(path.join(WEB, room), {recursive: true, encoding: 'utf8'}).map((file) => path.posix.join(room, file)),
  ).filter((file) => /(?<!\.test)\.tsx?$/.test(file) && !CODE.test(file));
  const found = await Promise.all(files.map(async (file) => ({file, words: await wordsOf(file)})));
  const wordy = found.filter(({words}) => words.length > 0);
  expect(wordy).toEqual([]);
  // Words that are there are found.
  expect(await wordsOf('app/take-home/lines.ts')).not.toEqual([]);
});
