import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

/** A fenced block of a Markdown file. */
export interface Snippet {
  /** Relative to the project. */
  file: string;
  /** Of its first line, counted from 1. */
  line: number;
  /** What stands behind the fence: js, html, sh ... */
  language: string;
  text: string;
}

const FENCED = /^( *)```(\w*)\n([\s\S]*?)^\1```$/gm;
const INLINE_MODULE = /<script type="module">\n([\s\S]*?)<\/script>/;

/** The snippets of README.md and of docs/, in these languages. */
export function snippetsIn(...languages: string[]): Snippet[] {
  const docs = readdirSync(path.join(root, 'docs')).filter((name) => name.endsWith('.md'));
  const files = ['README.md', ...docs.map((name) => `docs/${name}`)];
  return files.flatMap(snippetsOf).filter(({language}) => languages.includes(language));
}

function snippetsOf(file: string): Snippet[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  return [...text.matchAll(FENCED)].map(({index, 1: indent, 2: language, 3: lines}) => ({
    file,
    line: text.slice(0, index).split('\n').length + 1,
    language,
    text: lines.replace(new RegExp(`^${indent}`, 'gm'), ''),
  }));
}

/** The module that a page has between its tags. */
export function inlineModule({file, line, text}: Snippet): string {
  const [, module] = INLINE_MODULE.exec(text) ?? [];
  if (module === undefined) throw new Error(`${file}:${line}: the page has no <script type="module">.`);
  return module;
}
