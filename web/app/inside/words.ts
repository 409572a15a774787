/** Layers, units and sums in words. */
import type {LayerView, UnitView} from '../../lab/inside/types';
import {texts} from '../../texts';

type Unit = keyof typeof texts.inside.units;

/** What one of a layer's pictures or cells is, by the names that tfjs gives to layers; else a cell, or a picture. */
const UNITS: Record<string, Unit> = {
  Conv2D: 'filter',
  DepthwiseConv2D: 'filter',
  SeparableConv2D: 'filter',
  Conv2DTranspose: 'filter',
  Dense: 'unit',
};

export function titleOf({type}: Pick<LayerView, 'type'>): string {
  return texts.inside.layers[type]?.title ?? type;
}

export function explain({type}: LayerView, isLast: boolean): string {
  if (isLast && type === 'Dense') return texts.inside.answerLayer;
  return texts.inside.layers[type]?.does ?? texts.inside.otherLayer;
}

export function unitOf({type, form}: Pick<LayerView, 'type' | 'form'>): Unit {
  return UNITS[type] ?? (form === 'pictures' ? 'picture' : 'cell');
}

/** 16 pictures of 10 × 10. */
export function sizeInWords({form, count, shape}: LayerView): string {
  return form === 'cells' ? texts.inside.numbers(count) : texts.inside.pictures(count, shape[0], shape[1]);
}

export function activationInWords({activation = 'linear'}: Pick<UnitView, 'activation'>): string {
  return texts.inside.activations[activation] ?? activation;
}

/** Where a part of a sum comes from. */
export function sourceInWords({inputShape}: UnitView, from: number, isChannel: boolean): string {
  const {fromDigit, fromPicture, fromUnit, fromPixel, fromPictureAt} = texts.inside;
  const [, width, channels] = inputShape;
  if (isChannel) return channels === 1 ? fromDigit : fromPicture(from + 1);
  if (inputShape.length !== 3) return fromUnit(from + 1);
  const pixel = Math.floor(from / channels);
  const where = fromPixel(Math.floor(pixel / width) + 1, (pixel % width) + 1);
  return channels === 1 ? where : fromPictureAt((from % channels) + 1, where);
}

/** With a true minus. */
export function number(value: number, digits = 2): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}
