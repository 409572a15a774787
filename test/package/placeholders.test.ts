/** What was written down to be filled in later is filled in. */
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, it} from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const TEXT = /\.(ts|tsx|mts|mjs|js|py|md|css|html|json|yml)$/;
/** Words for what is not there yet, and names in capitals where a figure belongs. */
const PLACEHOLDER = /\b(TODO|FIXME|TBD|XXX|(?:ERR|ERROR|FIGURE)_[A-Z0-9]+ (?:ulp|ms|%))(?!\w)/;

it('no placeholder is left in a file of the project', () => {
  const files = execFileSync('git', ['ls-files'], {cwd: root, encoding: 'utf8'}).split('\n');
  const found = files
    .filter((file) => TEXT.test(file) && !/package-lock|placeholders\.test/.test(file))
    .flatMap((file) =>
      readFileSync(path.join(root, file), 'utf8')
        .split('\n')
        .flatMap((line, i) => (PLACEHOLDER.test(line) ? [`${file}:${i + 1}: ${line.trim()}`] : [])),
    );
  expect(found).toEqual([]);
});
