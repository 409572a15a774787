import type {MnistSplit} from 'mnist-wasm/mnist';
import {count, percent} from '../../common/format';
import {sum} from '../../common/statistics';
import type {Mistake} from '../../recipes';
import {digitImage} from './digit-image';

const SHOWN = 24;

/** matrix[label][predicted] as a table shaded by the share of the label's row. */
export function confusionMatrix(matrix: number[][]): string {
  const head = matrix.map((_, predicted) => `<th scope="col">${predicted}</th>`).join('');
  const rows = matrix.map((row, label) => {
    const support = sum(row);
    const cells = row.map((value, predicted) => cell(value, support, predicted === label));
    return `<tr><th scope="row">${label}</th>${cells.join('')}</tr>`;
  });
  return `<div class="scroll" tabindex="0"><table class="matrix"><caption>Rows: the true digit; columns: the predicted one</caption>
<thead><tr><td></td>${head}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div>`;
}

function cell(value: number, support: number, right: boolean): string {
  if (value === 0) return '<td class="none">0</td>';
  // Mistakes are few: the square root tells one in a thousand from none and from one in a hundred.
  const share = value / support;
  const opacity = right ? 0.12 + 0.38 * share : 0.12 + 0.68 * Math.min(1, 2.5 * Math.sqrt(share));
  return `<td style="background:rgb(var(--${right ? 'right' : 'wrong'}) / ${opacity.toFixed(2)})">${value}</td>`;
}

/** The most confident wrong predictions as images, each with its true and its predicted label. */
export function mistakesGrid(mistakes: Mistake[], test: MnistSplit): string {
  if (mistakes.length === 0) return '<p>None: every test image was predicted right.</p>';
  const items = mistakes.slice(0, SHOWN).map(({index, label, predicted, confidence}) => {
    return `<li><figure>${digitImage(test, index)}
<figcaption><b>${label}</b> taken for <b>${predicted}</b><br>${percent(confidence, 1)} sure<br>no. ${index}</figcaption></figure></li>`;
  });
  const shown = items.length < mistakes.length ? `The ${items.length} most confident of ` : '';
  return `<p class="soft">${shown}${count(mistakes.length)} wrong predictions; numbers count the test images from 0.</p>
<ul class="digits">
${items.join('\n')}
</ul>`;
}
