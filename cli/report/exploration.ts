import type {MnistData, MnistSplit} from 'mnist-wasm/mnist';
import {count} from '../../common/format';
import {labelCounts, randomIndices} from '../../recipes';
import {dataTitle} from '../run/titles';
import {digitImage} from './digit-image';
import {htmlDocument} from './document';
import {barTable} from './samples';

const SHOWN = 25;

/**
 * What the data looks like, as one HTML page: the label counts of both sets, and 25 random training digits.
 *
 * @param seed which digits: the same gives the same.
 */
export function explorationPage(data: MnistData, seed: number): string {
  const body = `<div class="pair stack">
${counts('Training', data.train, '')}
${counts('Test', data.test, ' second')}
</div>
<section><h2>Random training digits</h2>
<p class="soft">Their numbers count the training images from 0; seed ${seed}.</p>
<ul class="digits five">
${digits(data.train, seed)}
</ul></section>`;
  return htmlDocument(`Exploring ${dataTitle({data})}`, data.description, body);
}

function counts(name: string, split: MnistSplit, style: string): string {
  const all = labelCounts(split);
  const most = Math.max(...all);
  const rows = all.map((value) => ({share: value / most, text: count(value)}));
  return `<section class="labels${style}"><h2>${name} images</h2>
<p class="soft">${count(split.size)}, by their label.</p>
${barTable(`${name} images of each label`, rows)}</section>`;
}

function digits(split: MnistSplit, seed: number): string {
  const items = randomIndices(split, SHOWN, seed).map(
    (index) =>
      `<li><figure>${digitImage(split, index)}<figcaption><b>${split.labels[index]}</b><br>${count(index)}</figcaption></figure></li>`,
  );
  return items.join('\n');
}
