import './draw.css';
import {argMax} from '../../../common/statistics';
import {texts} from '../../texts';
import {BackToWhole} from '../break/back-to-whole';
import {DigitPicture} from '../parts/digit-picture';
import {DrawingPad} from '../parts/drawing-pad';
import {Probabilities} from '../parts/probabilities';
import {Section} from '../parts/section';
import {SectionLink} from '../parts/section-link';
import {TrainControls} from '../parts/train-controls';
import {drawing, isBroken, pad, sample, shown, wholeDigit} from '../store';
import {probabilities} from '../view';

/** A digit to draw, what the network takes it for, and the buttons that let it learn: what stays in sight. */
export function DrawSection() {
  return (
    <Section id="draw" title={texts.draw.title}>
      <div class="drawing">
        <DrawingPad
          key={pad.value}
          sample={sample.value}
          onDrawing={(pixels) => {
            sample.value = undefined;
            drawing.value = pixels;
          }}
        />
        <Answer />
      </div>
      {sample.value && (
        <p class="truth">
          {texts.draw.truth(sample.value.label)} <SectionLink id="evidence">{texts.draw.why}</SectionLink>
        </p>
      )}
      {isBroken.value && wholeDigit.value && (
        <p class="broken">
          {texts.break.shown} <BackToWhole />
        </p>
      )}
      <TrainControls />
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
          <span class="soft">{texts.draw.reads}</span>
          <output id="answer">{digit ?? '–'}</output>
        </p>
        <figure>
          {shown.value ? <DigitPicture pixels={shown.value} label={texts.draw.small} /> : <span class="no-picture" />}
          <figcaption>{texts.draw.sees}</figcaption>
        </figure>
      </div>
      <Probabilities values={values} label={texts.draw.probabilities} />
    </div>
  );
}
