import type {MnistSplit} from 'mnist-wasm/mnist';
import {percent} from '../../common/format';
import {argMax} from '../../common/statistics';
import type {SampleRecord} from '../run/record';
import {digitImage} from './digit-image';

/** A few test images, each with a bar for the probability of every class. */
export function samplesSection(samples: SampleRecord[], test: MnistSplit): string {
  if (samples.length === 0) return '';
  const items = samples.map(({index, label, probabilities}) => {
    const predicted = argMax(probabilities);
    const verdict = predicted === label ? 'predicted right' : `taken for <b>${predicted}</b>`;
    return `<div class="sample"><figure>${digitImage(test, index)}
<figcaption><b>${label}</b> ${verdict}<br>no. ${index}</figcaption></figure>
${barTable(
  `Probabilities of test image ${index}`,
  probabilities.map((value) => ({share: value, text: percent(value)})),
)}</div>`;
  });
  return `<section><h2>Class probabilities of the first test images</h2>
<div class="samples">
${items.join('\n')}
</div></section>`;
}

/** A row for each digit: the digit, a bar, its number. */
export function barTable(label: string, rows: {share: number; text: string}[]): string {
  const body = rows.map(
    ({share, text}, digit) =>
      `<tr><th scope="row">${digit}</th><td><span class="bar" style="width:${(100 * share).toFixed(1)}%"></span></td><td class="number">${text}</td></tr>`,
  );
  return `<table class="bars" aria-label="${label}"><tbody>
${body.join('\n')}
</tbody></table>`;
}
