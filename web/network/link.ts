/** A network in the hash of the page's address: `#network=1j` and its JSON in base64url, or `#network=1d` and that deflated. */

import {fromBase64Url, through, toBase64Url} from '../links/bytes';
import {texts} from '../texts';
import {checkedNetwork} from './check';
import {LAYER_FIELDS, TRAINING_FIELDS} from './fields';
import type {LayerKind, NetworkSpec} from './spec';

const PREFIX = '#network=';
const VERSION = '1';
/** Bytes of JSON from which on deflating pays. */
const LONG = 300;
/** Characters of a link, and bytes of its JSON: several times those of the largest network. */
const MOST = 16_384;

/** The kinds in links: a letter stays with its kind for good. */
const LETTERS: Record<LayerKind, string> = {
  conv2d: 'c',
  maxPooling: 'm',
  averagePooling: 'v',
  flatten: 'f',
  dense: 'd',
  dropout: 'o',
  batchNormalization: 'b',
  activation: 'a',
};

export function isNetworkLink(hash: string): boolean {
  return hash.startsWith(PREFIX);
}

/** The hash that carries a network. */
export async function linkOf(spec: NetworkSpec): Promise<string> {
  const values = (fields: object, of: object) =>
    Object.keys(fields).map((field) => (of as Record<string, unknown>)[field]);
  const layers = spec.layers.map((layer) => [LETTERS[layer.kind], ...values(LAYER_FIELDS[layer.kind], layer)]);
  const json = JSON.stringify([spec.name, layers, values(TRAINING_FIELDS, spec.training)]);
  const bytes = new TextEncoder().encode(json);
  if (bytes.length <= LONG) return `${PREFIX}${VERSION}j${toBase64Url(bytes)}`;
  return `${PREFIX}${VERSION}d${toBase64Url(await deflated(new CompressionStream('deflate-raw'), bytes))}`;
}

/**
 * The network that a hash carries.
 * @throws Error where it carries none: cut off, changed, of another version, or out of bounds.
 */
export async function networkOfLink(hash: string): Promise<NetworkSpec> {
  if (hash.length > MOST) throw new Error(texts.network.linkTooLong(MOST));
  const [version, form, text] = [hash.slice(PREFIX.length)].flatMap((rest) => [rest[0], rest[1], rest.slice(2)]);
  if (version !== VERSION) throw new Error(texts.network.linkVersion(version ?? ''));
  return checkedNetwork(named(await parsed(form, text)));
}

async function parsed(form: string, text: string): Promise<unknown> {
  try {
    if (form !== 'j' && form !== 'd') throw new Error(`unknown form ${form}`);
    const bytes = fromBase64Url(text);
    const json = form === 'd' ? await deflated(new DecompressionStream('deflate-raw'), bytes) : bytes;
    return JSON.parse(new TextDecoder('utf-8', {fatal: true}).decode(json));
  } catch (error) {
    throw new Error(texts.network.linkDamaged, {cause: error});
  }
}

/** The lists of a link as the fields that they stand for. */
function named(value: unknown): unknown {
  if (!Array.isArray(value) || !Array.isArray(value[1]) || !Array.isArray(value[2]))
    throw new Error(texts.network.noNetwork);
  const [name, layers, training] = value as [unknown, unknown[], unknown[]];
  const fields = (names: object, values: unknown[]) =>
    Object.fromEntries(Object.keys(names).map((field, i) => [field, values[i]]));
  return {
    name,
    layers: layers.map((layer) => {
      const [letter, ...values] = Array.isArray(layer) ? layer : [layer];
      const kind = (Object.keys(LETTERS) as LayerKind[]).find((one) => LETTERS[one] === letter);
      return kind ? {kind, ...fields(LAYER_FIELDS[kind], values)} : {kind: letter};
    }),
    training: fields(TRAINING_FIELDS, training),
  };
}

function deflated(stream: CompressionStream | DecompressionStream, bytes: Uint8Array<ArrayBuffer>) {
  return through(stream, bytes, MOST, () => new Error(texts.network.linkTooLong(MOST)));
}
