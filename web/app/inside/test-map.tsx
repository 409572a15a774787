import './test-map.css';
import {useSignal} from '@preact/signals';
import {useEffect, useRef} from 'preact/hooks';
import type {TestMap} from '../../lab/inside/types';
import {texts} from '../../texts';
import {lab} from '../lab';
import {data, sample, tell} from '../store';
import {MapPicture} from './map-picture';
import {nearest, nextTowards} from './map-points';
import {useOnScreen} from './on-screen';
import {useAnswer} from './use-answer';

/** Test images in the plane, as the network makes them out just before its answer. */
export function TestMapPart() {
  const {ref, visible} = useOnScreen();
  const answer = useAnswer(visible, () => (data.value ? () => lab.inside.map() : undefined));
  const map = answer.value;
  return (
    <div ref={ref} class="test-map">
      <h3>{texts.inside.map}</h3>
      <p class="soft">{texts.inside.mapExplained}</p>
      {map ? <PointMap map={map} /> : <NoMap />}
    </div>
  );
}

/** The place of the map, so that what is below stays where it is when the map comes. */
function NoMap() {
  return (
    <div class="no-map">
      <div class="map-box">
        <canvas />
      </div>
      <p class="soft">{texts.inside.clickMark}</p>
      <p class="soft">{texts.inside.plane(0)}</p>
    </div>
  );
}

function PointMap({map}: {map: TestMap}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = useRef<MapPicture | undefined>(undefined);
  const at = useSignal<number | undefined>(undefined);
  const {points, labels, share} = map;

  useEffect(() => {
    const drawn = new MapPicture(canvas.current as HTMLCanvasElement);
    picture.current = drawn;
    return () => drawn.stop();
  }, []);
  useEffect(() => picture.current?.show(map), [map]);
  useEffect(() => picture.current?.mark(at.value), [at.value]);

  const show = async (index: number) => {
    at.value = index;
    const pixels = await lab.inside.testImage(index).catch(() => undefined);
    sample.value = pixels && {pixels, label: labels[index]};
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = nextTowards(event.key, points, at.value);
    if (next !== undefined) at.value = next;
    else if ((event.key === 'Enter' || event.key === ' ') && at.value !== undefined) show(at.value).catch(tell);
    else return;
    event.preventDefault();
  };
  const chosen = at.value;
  return (
    <>
      <div
        class="map-box"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move on it
        tabIndex={0}
        role="application"
        aria-label={texts.inside.mapOf(labels.length)}
        onClick={({clientX, clientY, currentTarget}) => {
          const box = currentTarget.getBoundingClientRect();
          const spot = [(clientX - box.left) / box.width, (clientY - box.top) / box.height] as const;
          show(nearest(points, spot)).catch(tell);
        }}
        onKeyDown={onKeyDown}
      >
        <canvas ref={canvas} data-points={labels.length} />
      </div>
      <p class="soft" role="status">
        {chosen === undefined ? texts.inside.clickMark : texts.inside.mark(chosen + 1, labels[chosen])}
      </p>
      <p class="soft">{texts.inside.plane(share)}</p>
    </>
  );
}
