import './tour.css';
import {texts} from '../../texts';
import {SectionLink} from '../parts/section-link';
import {endTour, nextTourStep, startTour, tourStep} from './progress';

/** The guided tour: a line below the links, over the real page. */
export function Tour() {
  const step = tourStep.value;
  if (!step) return null;
  const {number, of, section, title, text} = step;
  return (
    <section class="tour" aria-label={texts.tour.label}>
      <p aria-live="polite">
        <b>
          {texts.tour.step(number, of)} <SectionLink id={section}>{title}</SectionLink>.
        </b>{' '}
        {text}
      </p>
      <div class="buttons">
        <button type="button" onClick={goOn}>
          {number < of ? texts.tour.next : texts.tour.done}
        </button>
        {number < of && (
          <button type="button" onClick={endTour}>
            {texts.tour.skip}
          </button>
        )}
      </div>
    </section>
  );
}

/** Goes to what the next step is about, too. */
function goOn(): void {
  nextTourStep();
  const section = tourStep.value?.section;
  if (section) document.getElementById(section)?.scrollIntoView();
}

/** Begins it again. */
export function TourButton() {
  return (
    <button type="button" class="link" onClick={startTour}>
      {texts.nav.tour}
    </button>
  );
}
