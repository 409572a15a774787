import {isObject, type Json} from '../json.js';

const VALID = /^[A-Za-z0-9][-A-Za-z0-9._/]*$/;

/**
 * The names in a model's configuration that tfjs-layers cannot give to tensors ("output layer", "conv(1)", "密集"), each
 * with one that it can: the rest becomes `_`, and no two names become one.
 */
export function tensorNames(config: Json): Map<string, string> {
  const given = new Set<string>();
  collect(config, given);
  const taken = new Set([...given].filter((name) => VALID.test(name)));
  const renamed = new Map<string, string>();
  for (const name of given) {
    if (VALID.test(name)) continue;
    const plain = name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .replace(/[^-A-Za-z0-9._/]/g, '_');
    const stem = /^[A-Za-z0-9]/.test(plain) ? plain : `layer${plain}`;
    let unique = stem;
    for (let i = 1; taken.has(unique); i++) unique = `${stem}_${i}`;
    taken.add(unique);
    renamed.set(name, unique);
  }
  return renamed;
}

function collect(value: Json, names: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collect(item, names);
  if (!isObject(value)) return;
  // Of layers and models; an initializer's or a loss's name does not come here, as they have no class beside it.
  if (value.class_name !== undefined) {
    if (typeof value.name === 'string') names.add(value.name);
    if (isObject(value.config) && typeof value.config.name === 'string') names.add(value.config.name);
  }
  for (const item of Object.values(value)) collect(item, names);
}
