import {describe, expect, it} from 'vitest';
import {mergeImports} from './shrink.mjs';

describe('mergeImports', () => {
  it('leaves one statement for a package, with each name once, and the lines where they are', () => {
    const text = [
      'import { a, b as c } from "@tensorflow/tfjs-core";',
      'const first = a + c;',
      'import {',
      '  a,',
      '  d as d2',
      '} from "@tensorflow/tfjs-core";',
      'import { e } from "./chunk.js";',
      'import { f } from "@tensorflow/tfjs-layers";',
      'const last = d2;',
    ];
    const merged = mergeImports(text.join('\n')).split('\n');
    expect(merged).toEqual([
      'import { a, b as c, d as d2 } from "@tensorflow/tfjs-core";',
      'const first = a + c;',
      '',
      '',
      '',
      '',
      'import { e } from "./chunk.js";',
      'import { f } from "@tensorflow/tfjs-layers";',
      'const last = d2;',
    ]);
  });

  it('drops a bare import of a package whose names are imported, and leaves any other', () => {
    const text = [
      'import { a } from "@tensorflow/tfjs-layers";',
      'import "@tensorflow/tfjs-layers";',
      'import "./other.js";',
    ];
    expect(mergeImports(text.join('\n')).split('\n')).toEqual([text[0], '', text[2]]);
  });

  it('leaves one namespace of a package', () => {
    const text = [
      'import * as tf from "@tensorflow/tfjs-core";',
      'tf.add(a, tf2);',
      'import * as tf2 from "@tensorflow/tfjs-core";',
      'import * as tf22 from "@tensorflow/tfjs-core";',
      'tf2.sub(tf22.mul, of.tf2x);',
    ];
    expect(mergeImports(text.join('\n')).split('\n')).toEqual([
      text[0],
      'tf.add(a, tf);',
      '',
      '',
      'tf.sub(tf.mul, of.tf2x);',
    ]);
  });
});
