import './inside.css';
import type {FirstLayer, Picture} from '../../lab/types';
import {PictureCanvas} from '../parts/picture-canvas';
import {Section} from '../parts/section';
import {shown} from '../store';
import {firstLayer} from '../view';

/** The first layer's filters, and what they make of the digit that is drawn. */
export function InsideSection() {
  const layer = firstLayer.value;
  return (
    <Section id="inside" title="What the first layer sees">
      {layer && <Pictures layer={layer} />}
      {layer === null && <p class="soft">The weights of this model's first layer are no pictures.</p>}
    </Section>
  );
}

function Pictures({layer}: {layer: FirstLayer}) {
  const {filters, activations, count} = layer;
  const dense = activations[0].width === 1;
  const some = filters.length < count ? `The first ${filters.length} of ${count}` : `All ${count}`;
  const pairs = filters.map((filter, i) => ({filter, answer: activations[i]}));
  const mostOfAll = largest(activations);
  const mostWeight = largest(filters);
  const drawn = shown.value !== undefined;
  return (
    <>
      <p class="soft">
        {some} {dense ? 'units' : 'filters'}: blue weights count for it, orange ones against.{' '}
        {!drawn && 'Draw a digit to see how they answer.'}
        {drawn &&
          (dense
            ? 'Below each: how strongly it answers to your drawing.'
            : 'Below each: where it answers to your drawing, the brighter the stronger.')}
      </p>
      <ul class="filters" aria-label={dense ? 'Units and their answers' : 'Filters and their answers'}>
        {pairs.map(({filter, answer}, i) => (
          <li key={String(i)}>
            <PictureCanvas picture={filter} colours="weights" most={mostWeight} />
            {!drawn ? null : dense ? (
              <meter
                min={0}
                max={mostOfAll || 1}
                value={Math.max(0, answer.values[0])}
                aria-label={`Answer of unit ${i + 1}`}
              />
            ) : (
              <PictureCanvas picture={answer} colours="answers" most={mostOfAll} />
            )}
            <span class="visually-hidden">{`Filter ${i + 1}`}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function largest(pictures: Picture[]): number {
  return Math.max(...pictures.map(({values}) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)));
}
