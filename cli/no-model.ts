import {existsSync, readdirSync} from 'node:fs';
import path from 'node:path';
import {UsageError} from '../common/errors';
import {didYouMean} from '../common/suggestion';
import {recipes} from '../recipes';
import {calledAs} from './called-as';
import {quoted} from './quoted';

/** What people give for a model that is none, and what to do. */
const OTHER: readonly [RegExp, string][] = [
  [/\.(png|jpe?g|gif|bmp|tiff?|webp)$/i, 'it is a picture: predict takes pictures, behind the model'],
  [/\.(npz|npy|csv|parquet|mat)$|-ubyte(\.gz)?$/i, 'it is data: --data takes it'],
  [/\.pb$/i, 'it is a SavedModel of TensorFlow: load it there and save it as .keras'],
  [/\.(tflite|onnx|pth?|safetensors|pkl)$/i, 'models of that format are not read here: save it by Keras'],
  [/\.(zip|tar|tgz|tar\.\w+|gz|7z)$/i, 'it is an archive: unpack it first'],
  [/\.bin$/i, 'it holds weights alone: give the model.json beside it'],
];
const MODEL_FILE = /\.(h5|hdf5|keras)$/i;
const EXPECTED = 'expected a folder with a model.json, a model.json, or a Keras file (.h5, .keras)';

/** For a name of which there is neither a file nor a recipe. */
export function nothingNamed(what: 'model' | 'run', name: string, expected: string): UsageError {
  const hint = didYouMean(
    name,
    recipes.map((recipe) => recipe.name),
  );
  return new UsageError(`there is no ${what} ${quoted(name)}: expected ${expected}${hint && `. ${hint}`}`);
}

/** For a file that is something else. */
export function noModelFile(file: string): UsageError {
  const [, what] = OTHER.find(([pattern]) => pattern.test(file)) ?? [];
  return new UsageError(`${file} is no model${what ? ` (${what})` : ''}: ${EXPECTED}`);
}

/** For a folder that has no model. */
export function noModelFolder(folder: string): UsageError {
  const has = (name: string) => existsSync(path.join(folder, name));
  const wrong = (reason: string) => new UsageError(`${folder} has no model: ${reason}`);
  if (has('checkpoint/model.json')) {
    return wrong(
      `it holds an unfinished run, with which ${calledAs()} train RECIPE --resume --out ${quoted(folder)} goes on`,
    );
  }
  if (has('saved_model.pb')) return wrong('it is a SavedModel of TensorFlow: load it there and save it as .keras');
  const names = readdirSync(folder).sort();
  const file = names.find((name) => MODEL_FILE.test(name));
  if (file !== undefined) return wrong(`there is no model.json in it; give its file ${path.join(folder, file)}`);
  const run = names.find((name) => has(path.join(name, 'run.json')) || has(path.join(name, 'model.json')));
  if (run !== undefined) return wrong(`it holds folders of models; give one of them, as ${path.join(folder, run)}`);
  const found =
    names.length === 0 ? 'it is empty' : `it has ${names.slice(0, 5).join(', ')}${names.length > 5 ? ' ...' : ''}`;
  return wrong(`${found}; ${EXPECTED}`);
}
