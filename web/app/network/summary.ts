import type {Activation, LayerSpec} from '../../network/spec';
import {texts} from '../../texts';

/** A layer in a few words: what its row says while it is closed. */
export function summaryOf(layer: LayerSpec): string {
  const {filters, window, units, stride, padded, l2, dropped} = texts.network;
  switch (layer.kind) {
    case 'conv2d':
      return joined(
        filters(layer.filters, layer.kernel),
        layer.stride > 1 && stride(layer.stride),
        layer.padding === 'same' && padded,
        curve(layer.activation),
      );
    case 'maxPooling':
    case 'averagePooling':
      return joined(
        window(layer.size),
        layer.stride !== layer.size && stride(layer.stride),
        layer.padding === 'same' && padded,
      );
    case 'dense':
      return joined(units(layer.units), curve(layer.activation), layer.l2 > 0 && l2(layer.l2));
    case 'dropout':
      return dropped(layer.rate);
    case 'activation':
      return layer.activation;
    default:
      return '';
  }
}

function curve(activation: Activation): string | false {
  return activation !== 'linear' && activation;
}

function joined(...parts: (string | false)[]): string {
  return parts.filter(Boolean).join(', ');
}
