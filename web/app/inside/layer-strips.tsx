import './strips.css';
import type {LayerView} from '../../lab/inside/types';
import {texts} from '../../texts';
import {lab} from '../lab';
import {shown} from '../store';
import {Cells} from './cells';
import {Channels} from './channels';
import {chosen, lookedAt} from './chosen';
import {useOnScreen} from './on-screen';
import {Outputs} from './outputs';
import {Overview, stripId} from './overview';
import {UnitPanel} from './unit-panel';
import {useAnswer} from './use-answer';
import {explain, sizeInWords, titleOf} from './words';

/** Every layer, and what it makes of the digit that is shown. */
export function LayerStrips() {
  const {ref, visible} = useOnScreen();
  const layers = useAnswer(visible, () => {
    const pixels = lookedAt.value;
    return () => lab.inside.layers(pixels);
  });
  const views = layers.value ?? [];
  return (
    <div ref={ref} class="strips">
      <p class="soft">
        {shown.value ? texts.inside.explained : texts.inside.drawFirst} {texts.inside.chooseOne}
      </p>
      {views.length > 0 && <Overview views={views} pixels={lookedAt.value} />}
      <ol class="strip-list">
        {views.map((view, i) => (
          <li key={view.name} class="strip" id={stripId(i)} tabIndex={-1}>
            <h4>
              {texts.inside.layerTitle(i + 1, titleOf(view))} <span class="soft">{sizeInWords(view)}</span>
            </h4>
            <p class="soft">{explain(view, i === views.length - 1)}</p>
            <Values view={view} layer={i} isLast={i === views.length - 1} />
            {chosen.value?.layer === i && <UnitPanel view={view} />}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Values(props: {view: LayerView; layer: number; isLast: boolean}) {
  if (props.view.form === 'pictures') return <Channels {...props} />;
  return props.isLast && props.view.count === 10 ? <Outputs {...props} /> : <Cells {...props} />;
}
