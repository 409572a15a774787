import type {LayerView} from '../../lab/inside/types';
import type {Picture} from '../../lab/types';

/** Pictures of a layer that the overview shows. */
export const MOST_PICTURES = 6;
/** Ends of lines along a stage that is one block of cells. */
const BLOCK_ENDS = 6;
const SIDE = 28;
const OUTPUTS = 10;

/** What some layers do with the stage before, by the names that tfjs gives them; all others change each of its parts. */
const DEEDS: Readonly<Record<string, 'passes' | 'mixes' | undefined>> = {
  // The same numbers: the overview leaves these out.
  Flatten: 'passes',
  Reshape: 'passes',
  Dropout: 'passes',
  // Each unit takes from all that is before it.
  Conv2D: 'mixes',
  SeparableConv2D: 'mixes',
  Conv2DTranspose: 'mixes',
  Dense: 'mixes',
};

/** What the overview shows of a layer, or of the image. */
export interface Stage {
  /** Among the strips; -1 for the image. */
  layer: number;
  view: LayerView | undefined;
  form: 'pictures' | 'cells' | 'outputs';
  pictures: Picture[];
  /** How strongly each end of its lines answers, as a share of the strongest. */
  strengths: number[];
  /** Whether each of its units takes from all of the stage before. */
  mixes: boolean;
}

/** The image, and the layers that compute something. */
export function stagesOf(views: readonly LayerView[], pixels: Uint8Array): Stage[] {
  const image = {values: Float32Array.from(pixels), width: SIDE, height: SIDE};
  const first: Stage = {layer: -1, view: undefined, form: 'pictures', pictures: [image], strengths: [1], mixes: false};
  const stages = views.map((view, layer) => stageOf(view, layer, layer === views.length - 1));
  return [first, ...stages.filter(({view}) => view && DEEDS[view.type] !== 'passes')];
}

function stageOf(view: LayerView, layer: number, isLast: boolean): Stage {
  const mixes = DEEDS[view.type] === 'mixes';
  if (view.form === 'pictures') {
    const pictures = view.pictures.slice(0, MOST_PICTURES);
    return {layer, view, form: 'pictures', pictures, strengths: shares(pictures.map(meanMagnitude)), mixes};
  }
  const {pictures} = view;
  if (isLast && view.count === OUTPUTS) {
    return {layer, view, form: 'outputs', pictures, strengths: shares(Array.from(pictures[0].values)), mixes};
  }
  return {layer, view, form: 'cells', pictures, strengths: new Array(BLOCK_ENDS).fill(0.5), mixes};
}

function meanMagnitude({values}: Picture): number {
  return values.reduce((sum, value) => sum + Math.abs(value), 0) / values.length;
}

function shares(values: number[]): number[] {
  const most = Math.max(...values);
  return values.map((value) => (most > 0 ? value / most : 0));
}
