import type {LayerView} from '../../lab/inside/types';
import type {Picture} from '../../lab/types';
import {texts} from '../../texts';
import {coloursOf, largest} from '../parts/paint';
import {PictureChooser} from '../parts/picture-chooser';
import {choose, chosen} from './chosen';
import {unitOf} from './words';

/** Cells beside each other. */
const COLUMNS = 32;

interface Props {
  view: LayerView;
  layer: number;
}

/** The values of a layer as cells. */
export function Cells({view, layer}: Props) {
  const [row] = view.pictures;
  const picture = wrapped(row, Math.min(COLUMNS, row.width));
  const unit = chosen.value?.layer === layer ? chosen.value.unit : undefined;
  const word = unitOf(view);
  const which =
    unit === undefined ? texts.inside.noneChosen : texts.inside.unitChosen(texts.inside.units[word], unit + 1);
  return (
    <>
      <div class="cells" style={{'--columns': picture.width}}>
        <PictureChooser
          picture={picture}
          colours={coloursOf([row])}
          most={largest([row])}
          chosen={unit === undefined ? undefined : [Math.floor(unit / picture.width), unit % picture.width]}
          label={texts.inside.cells(texts.inside.manyUnits[word], layer + 1, which)}
          onChoose={([y, x]) => y * picture.width + x < row.width && choose(layer, y * picture.width + x)}
        />
      </div>
      {row.width < view.count && <p class="soft more">{texts.inside.firstOf(row.width, view.count)}</p>}
    </>
  );
}

/** One row as several; what is left of the last is nothing. */
export function wrapped({values, width: length}: Picture, width: number): Picture {
  const height = Math.ceil(length / width);
  const all = new Float32Array(width * height);
  all.set(values);
  return {values: all, width, height};
}
