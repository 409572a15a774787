import type {layers} from '@tensorflow/tfjs-layers';

type Layer = layers.Layer;

/** What Keras calls the class of a layer, ours or tfjs-layers'. */
export function kerasClassOf(layer: Layer): string {
  const {options} = layer as Layer & {options?: {standsFor?: {className: string}}};
  return options?.standsFor?.className ?? layer.getClassName().replace(/^Keras(?=[A-Z])/, '');
}

/** The layer that Keras knows: that which {@link ChannelsFirst} runs, else the layer itself. */
export function kerasLayerOf(layer: Layer): Layer {
  return (layer as Layer & {inner?: Layer}).inner ?? layer;
}
