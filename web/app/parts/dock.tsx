import './dock.css';
import {useSignal} from '@preact/signals';
import {useEffect} from 'preact/hooks';
import {argMax} from '../../../common/statistics';
import {texts} from '../../texts';
import {shown} from '../store';
import {probabilities} from '../view';
import {DigitPicture} from './digit-picture';
import {SectionLink} from './section-link';
import {TrainButtons} from './train-controls';

/**
 * On a narrow screen, where the pad is out of sight: the digit that is shown, what it is read as, and the buttons of the
 * training, at the bottom of the window.
 */
export function Dock() {
  const away = useSignal(false);
  useEffect(() => {
    const pad = document.getElementById('draw') as HTMLElement;
    const observer = new IntersectionObserver(([{isIntersecting}]) => {
      away.value = !isIntersecting;
    });
    observer.observe(pad);
    return () => observer.disconnect();
  }, []);
  if (!away.value) return null;
  const values = probabilities.value;
  const digit = values && argMax(values);
  return (
    <aside class="dock" aria-label={texts.draw.dock}>
      <SectionLink id="draw" class="dock-digit">
        {shown.value ? (
          <DigitPicture pixels={shown.value} label={texts.draw.dockPicture} />
        ) : (
          <span class="no-picture" />
        )}
        <span class="dock-answer">
          {digit === undefined ? texts.draw.dockEmpty : texts.draw.dockAnswer(digit, (values as number[])[digit])}
          <span class="visually-hidden">{texts.draw.dockBack}</span>
        </span>
      </SectionLink>
      <TrainButtons />
    </aside>
  );
}
