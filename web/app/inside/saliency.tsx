import type {Occlusion} from '../../lab/inside/types';
import {texts} from '../../texts';
import {lab} from '../lab';
import {largest} from '../parts/paint';
import {shown} from '../store';
import {useOnScreen} from './on-screen';
import {SaliencyPicture} from './saliency-picture';
import {useAnswer} from './use-answer';

/** Which pixels matter for the answer. */
export function SaliencyPart() {
  const {ref, visible} = useOnScreen();
  const answer = useAnswer(visible, () => {
    const pixels = shown.value;
    return pixels && (() => lab.inside.occlusion(pixels));
  });
  return (
    <div ref={ref} class="saliency">
      <h3>{texts.inside.pixels}</h3>
      {!shown.value && <p class="soft">{texts.inside.drawForPixels}</p>}
      {shown.value && answer.value && <Explained pixels={shown.value} occlusion={answer.value} />}
    </div>
  );
}

function Explained({pixels, occlusion}: {pixels: Uint8Array; occlusion: Occlusion}) {
  const {digit, probability, falls} = occlusion;
  const most = largest([falls]);
  return (
    <>
      <p class="soft">{texts.inside.pixelsExplained(digit)}</p>
      <figure>
        <SaliencyPicture pixels={pixels} falls={falls} most={most} label={texts.inside.pixelsOf(digit, probability)} />
        <figcaption>
          <span class="tint for">{texts.inside.speaksFor(digit)}</span>
          <span class="tint against">{texts.inside.speaksAgainst}</span>
          <span>{texts.inside.fullColour(most)}</span>
        </figcaption>
      </figure>
    </>
  );
}
