import {percent} from '../../../common/format';
import type {Occlusion} from '../../lab/inside/types';
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
      <h3>Which pixels matter</h3>
      {!shown.value && <p class="soft">Draw a digit to see which of its pixels the answer hangs on.</p>}
      {shown.value && answer.value && <Explained pixels={shown.value} occlusion={answer.value} />}
    </div>
  );
}

function Explained({pixels, occlusion}: {pixels: Uint8Array; occlusion: Occlusion}) {
  const {digit, probability, falls} = occlusion;
  const most = largest([falls]);
  return (
    <>
      <p class="soft">
        A small square of background is laid over each part of the digit in turn. Where the network then is less sure of
        its {digit}, the pixels speak for it.
      </p>
      <figure>
        <SaliencyPicture
          pixels={pixels}
          falls={falls}
          most={most}
          label={`Which pixels matter for the answer ${digit}, ${percent(probability, 0)} sure`}
        />
        <figcaption>
          <span class="tint for">speaks for {digit}</span>
          <span class="tint against">speaks against it</span>
          <span>full colour: {percent(most, most < 0.1 ? 2 : 0)} less sure, or surer</span>
        </figcaption>
      </figure>
    </>
  );
}
