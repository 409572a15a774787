/** The command lines of README.md and docs/ name commands, options and scripts that there are. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, it} from 'vitest';
import {root, snippetsIn} from '../test/snippets/markdown';
import {program} from './program';

const {scripts} = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {scripts: object};

/** A folder that each reader has elsewhere. */
const PLACEHOLDER = 'path/to/mnist';

const lines = snippetsIn('sh').flatMap(({file, line, text}) =>
  text.split('\n').flatMap((row, i) => {
    const command = row.replace(/ #.*$/, '').trim();
    return command ? [{at: `${file}:${line + i}`, command}] : [];
  }),
);
const beginning = (start: string) => lines.filter(({command}) => command.startsWith(start));

it.each(beginning('npx mnist-wasm'))('$at: $command', ({command}) => {
  const [name, ...args] = wordsOf(command).slice(2);
  const known = program(() => {}).commands.find((one) => one.name() === name);
  expect(known, name).toBeDefined();
  known?.exitOverride().action(() => {});
  expect(() =>
    known?.parse(
      args.map((word) => (word === PLACEHOLDER ? root : word)),
      {from: 'user'},
    ),
  ).not.toThrow();
});

it.each(beginning('npm run'))('$at: $command', ({command}) => {
  expect(scripts).toHaveProperty([wordsOf(command)[2]]);
});

it('knows all other command lines', () => {
  const others = lines.filter(({command}) => !/^(npx mnist-wasm|npm run) /.test(command));
  expect(
    others
      .map(({command}) => command)
      .filter((command) => !/^(npm (ci|start|install)|python3 -m pip install)\b/.test(command)),
  ).toEqual([]);
});

/** Words as a shell takes them; quotes are taken away. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
}
