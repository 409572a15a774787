import {beforeEach, describe, expect, it} from 'vitest';
import {newLayer} from '../../network/fields';
import type {NetworkSpec} from '../../network/spec';
import {
  addLayer,
  change,
  changeLayer,
  draft,
  draftProblem,
  draftSpec,
  focusNext,
  isChanged,
  markBuilt,
  moveLayer,
  openDraft,
  openRow,
  removeLayer,
  stepLayer,
} from './draft';

const SPEC: NetworkSpec = {
  name: 'x',
  layers: [newLayer('conv2d'), newLayer('maxPooling'), newLayer('flatten')],
  training: {optimizer: 'adam', learningRate: 0.001, schedule: 'linear', batchSize: 100, l2: 0},
};
const kinds = () => draftSpec.value?.layers.map(({kind}) => kind);
const id = (at: number) => draft.value?.rows[at].id as number;

beforeEach(() => openDraft(SPEC));

describe('the network that is being changed', () => {
  it('is a copy of the one that was opened', () => {
    expect(draftSpec.value).toEqual(SPEC);
    changeLayer(id(0), {...newLayer('conv2d'), filters: 3} as never);
    expect(draftSpec.value?.layers[0]).toMatchObject({filters: 3});
    expect(SPEC.layers[0]).toEqual(newLayer('conv2d'));
  });

  it('takes a layer below the open one, else at the end', () => {
    openRow.value = id(0);
    addLayer('dropout');
    expect(kinds()).toEqual(['conv2d', 'dropout', 'maxPooling', 'flatten']);
    expect([openRow.value, focusNext.value]).toEqual([id(1), {id: id(1), part: 'toggle'}]);
    openRow.value = undefined;
    addLayer('dense');
    expect(kinds()?.at(-1)).toBe('dense');
  });

  it('moves a layer, and no further than to the ends', () => {
    const first = id(0);
    stepLayer(first, 1);
    expect([kinds(), focusNext.value]).toEqual([['maxPooling', 'conv2d', 'flatten'], {id: first, part: 'down'}]);
    stepLayer(first, 1);
    expect([kinds(), focusNext.value]).toEqual([['maxPooling', 'flatten', 'conv2d'], {id: first, part: 'up'}]);
    moveLayer(first, 3);
    moveLayer(first, -1);
    expect(kinds()).toEqual(['maxPooling', 'flatten', 'conv2d']);
    moveLayer(first, 0);
    expect(kinds()).toEqual(['conv2d', 'maxPooling', 'flatten']);
  });

  it('hands the focus on where a layer is removed', () => {
    removeLayer(id(2));
    expect([kinds(), focusNext.value]).toEqual([['conv2d', 'maxPooling'], {id: id(1), part: 'toggle'}]);
    removeLayer(id(0));
    removeLayer(id(0));
    expect([kinds(), focusNext.value]).toEqual([[], 'add']);
  });

  it('is changed until it is what is in use again', () => {
    expect(isChanged.value).toBe(false);
    stepLayer(id(0), 1);
    expect(isChanged.value).toBe(true);
    stepLayer(id(0), 1);
    expect(isChanged.value).toBe(false);
    change({name: 'y'});
    markBuilt();
    expect(isChanged.value).toBe(false);
  });

  it('cannot be built without a name, or where a layer does not fit', () => {
    expect(draftProblem.value).toBeUndefined();
    change({name: '  '});
    expect(draftProblem.value?.text).toBe('The name is ""; expected 1 to 40 characters.');
    removeLayer(id(2));
    expect(draftProblem.value?.text).toContain('The answer: it needs a row of numbers');
  });
});
