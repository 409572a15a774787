import {expect, it} from 'vitest';
import {numbered, stripes} from '../../src/mnist/fixtures';
import {explorationPage} from './exploration';

const data = {train: stripes(64), test: numbered(35), source: 'digits' as const, description: 'made <up>'};

it('explorationPage shows both sets and 25 digits', () => {
  const page = explorationPage(data, 1);
  expect(page.match(/<img /g)).toHaveLength(25);
  expect(page.match(/class="bar"/g)).toHaveLength(20);
  for (const text of ['Exploring built-in digits', 'made &lt;up&gt;', 'Test images of each label'])
    expect(page).toContain(text);
  expect(page).not.toMatch(/undefined|NaN|<script/);
});
