import './draw.css';
import {percent} from '../../../common/format';
import {argMax} from '../../../common/statistics';
import {DigitPicture} from '../parts/digit-picture';
import {DrawingPad} from '../parts/drawing-pad';
import {Section} from '../parts/section';
import {shown} from '../store';
import {probabilities} from '../view';

/** A digit to draw, and what the network takes it for. */
export function DrawSection() {
  return (
    <Section id="draw" title="Draw a digit">
      <div class="drawing">
        <DrawingPad
          onDrawing={(pixels) => {
            shown.value = pixels;
          }}
        />
        <Answer />
      </div>
    </Section>
  );
}

function Answer() {
  const values = probabilities.value;
  const digit = values && argMax(values);
  return (
    <div class="answer">
      <div class="verdict">
        <p>
          <span class="soft">It reads</span>
          <output id="answer">{digit ?? '–'}</output>
        </p>
        {shown.value && (
          <figure>
            <DigitPicture pixels={shown.value} label="The drawing in 28 by 28 pixels" />
            <figcaption>what it sees</figcaption>
          </figure>
        )}
      </div>
      <ol class="probabilities" aria-label="Probability of each digit">
        {Array.from({length: 10}, (_, i) => (
          <li key={String(i)} class={i === digit ? 'most' : undefined}>
            <b>{i}</b>
            <span class="track">
              <span class="fill" style={{transform: `scaleX(${values?.[i] ?? 0})`}} />
            </span>
            <span class="number">{values ? percent(values[i], 1) : '–'}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
