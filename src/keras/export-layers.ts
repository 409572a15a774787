import {KerasError} from './error.js';
import {isObject, type Json, type JsonObject} from './json.js';

/** What only our own layers have in their configuration. */
const USE = ['masked', 'states', 'masks', 'causal'];
const OF_LAYER = ['standsFor', 'cell', 'name', 'trainable', 'dtype', 'batchInputShape', 'batch_input_shape'];

/**
 * A layer of ours, `{class_name, config}` in snake case, as Keras has it; any other as it is.
 * @throws KerasError where Keras has it in another form than a layer.
 */
export function kerasForm(entry: JsonObject, keras: 2 | 3): JsonObject {
  const className = String(entry.class_name);
  // Keras finds out for itself that there is no mask.
  const {unmasked: _, ...config} = isObject(entry.config) ? entry.config : {};
  checkActivations(config, keras);
  if (className === 'KerasOperation') cannot(config, 'an operation and not a layer');
  if (className === 'KerasMasking') cannot(config, 'a mask that is a tensor here');
  if (className === 'RandomCrop') cannot(config, 'a layer that gives on pictures at inference in some versions only');
  if (USE.some((key) => config[key] !== undefined && config[key] !== false)) {
    cannot(config, 'a layer that is called with masks, states or options');
  }
  switch (className) {
    case 'Attention':
    case 'AdditiveAttention': {
      const {inputs: __, ...own} = config;
      return {...entry, config: own};
    }
    case 'MultiHeadAttention':
      return cannot(config, 'a layer whose arguments this form of file cannot tell');
    case 'ChannelsFirst': {
      const layer = config.layer as JsonObject;
      const inner = {...(layer.config as JsonObject), data_format: 'channels_first'};
      for (const key of ['name', 'trainable', 'dtype', 'batch_input_shape']) {
        if (config[key] !== undefined) Object.assign(inner, {[key]: config[key]});
      }
      return kerasForm({...entry, class_name: layer.class_name, config: inner}, keras);
    }
    case 'KerasRNN':
      return recurrent(entry, config);
    case 'KerasBidirectional': {
      const {forward, backward, ...rest} = config as Record<string, JsonObject>;
      const part = (layer: JsonObject) => ({...kerasForm(layer, keras), module: 'keras.layers', registered_name: null});
      return {
        ...entry,
        class_name: 'Bidirectional',
        config: {...rest, layer: part(forward), backward_layer: part(backward)},
      };
    }
    case 'KerasGRUCell':
      return {...entry, class_name: 'GRUCell', config: {...config, reset_after: true}};
    default:
      return /^Keras[A-Z]/.test(className) ? {...entry, class_name: className.slice('Keras'.length), config} : entry;
  }
}

/** A cell's options stand in the layer's configuration, but for layers of any cell. */
function recurrent(entry: JsonObject, config: JsonObject): JsonObject {
  const {class_name: className} = (config.stands_for ?? config.standsFor) as JsonObject;
  const {stands_for: _, standsFor: __, cell, ...own} = config;
  if (className === 'RNN') return {...entry, class_name: 'RNN', config: {...own, cell}};
  const {class_name: cellClass, config: inner} = cell as {class_name: string; config: JsonObject};
  const options = Object.fromEntries(Object.entries(inner).filter(([key]) => !OF_LAYER.includes(key)));
  const gru: JsonObject =
    className === 'GRU'
      ? {
          reset_after:
            /^(Keras)?GRUCell$/.test(String(cellClass)) && (cellClass === 'KerasGRUCell' || inner.reset_after === true),
        }
      : {};
  return {...entry, class_name: className, config: {...options, ...own, ...gru}};
}

function checkActivations(config: JsonObject, keras: 2 | 3): void {
  for (const [key, value] of Object.entries(config)) {
    if (!/(^|_)activation$/.test(key) || value !== 'keras_hard_sigmoid') continue;
    if (keras === 2) {
      throw new KerasError(
        `${key} of "${config.name}" is Keras 3's hard_sigmoid, which Keras 2 computes otherwise. Save the model for Keras 3.`,
      );
    }
  }
}

function cannot(config: JsonObject, what: string): never {
  throw new KerasError(`"${config.name}" cannot be saved for Keras: it is ${what}.`);
}

/** Keras 3's own hard_sigmoid under Keras's name; to be done last, as tfjs-layers' has that name too. */
export function withKerasNames(value: Json): Json {
  if (value === 'keras_hard_sigmoid') return 'hard_sigmoid';
  if (Array.isArray(value)) return value.map(withKerasNames);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withKerasNames(item)]));
}
