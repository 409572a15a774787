/** The network that is being changed: nothing of it is built yet. */
import {computed, signal} from '@preact/signals';
import {MOST, newLayer} from '../../network/fields';
import {shapesOf} from '../../network/shapes';
import type {LayerKind, LayerSpec, NetworkSpec, TrainingSpec} from '../../network/spec';
import {texts} from '../../texts';
import {announcement} from '../store';

export interface Row {
  /** The same while the layer moves. */
  id: number;
  layer: LayerSpec;
}

interface Draft {
  name: string;
  rows: Row[];
  training: TrainingSpec;
}

/** What has the focus after a change that draws anew, or takes away, what had it. */
export type Focus = {id: number; part: 'toggle' | 'up' | 'down'} | 'add' | undefined;

/** Undefined while the editor is closed. */
export const draft = signal<Draft | undefined>(undefined);
/** The layer whose fields are shown. */
export const openRow = signal<number | undefined>(undefined);
export const focusNext = signal<Focus>(undefined);

export const draftSpec = computed<NetworkSpec | undefined>(() => {
  if (!draft.value) return undefined;
  const {name, rows, training} = draft.value;
  return {name: name.trim(), layers: rows.map(({layer}) => layer), training};
});
export const draftShape = computed(() => draftSpec.value && shapesOf(draftSpec.value));
/** Why it cannot be built. */
export const draftProblem = computed(() => {
  const {name = ''} = draftSpec.value ?? {};
  return (
    draftShape.value?.problem ??
    (name === '' ? {at: undefined, text: texts.network.badName(name, MOST.name)} : undefined)
  );
});

/** As it is in use. */
const origin = signal<NetworkSpec | undefined>(undefined);
/** Whether there is anything to build. */
export const isChanged = computed(() => JSON.stringify(draftSpec.value) !== JSON.stringify(origin.value));

/** The network in use is what the editor shows. */
export function markBuilt(): void {
  origin.value = draftSpec.peek();
}

let lastId = 0;

export function openDraft({name, layers, training}: NetworkSpec): void {
  draft.value = {name, rows: layers.map(row), training};
  openRow.value = undefined;
  markBuilt();
}

export function change(part: Partial<Draft>): void {
  if (draft.value) draft.value = {...draft.value, ...part};
}

export function changeLayer(id: number, layer: LayerSpec): void {
  change({rows: rows().map((one) => (one.id === id ? {id, layer} : one))});
}

/** Below the layer whose fields are shown; else above the answer. */
export function addLayer(kind: LayerKind): void {
  const added = row(newLayer(kind));
  const at = addPlace();
  change({rows: rows().toSpliced(at, 0, added)});
  openRow.value = added.id;
  focusNext.value = {id: added.id, part: 'toggle'};
  announcement.value = texts.network.added(kind, at);
}

/** Where the next layer comes. */
export function addPlace(): number {
  const open = indexOf(openRow.value);
  return open < 0 ? rows().length : open + 1;
}

export function removeLayer(id: number): void {
  const at = indexOf(id);
  const {layer} = rows()[at];
  const left = rows().toSpliced(at, 1);
  change({rows: left});
  openRow.value = undefined;
  const next = left[Math.min(at, left.length - 1)];
  focusNext.value = next ? {id: next.id, part: 'toggle'} : 'add';
  announcement.value = texts.network.removed(layer.kind);
}

export function moveLayer(id: number, to: number): void {
  const from = indexOf(id);
  if (from < 0 || to < 0 || to >= rows().length || from === to) return;
  const moved = rows()[from];
  change({rows: rows().toSpliced(from, 1).toSpliced(to, 0, moved)});
  announcement.value = texts.network.moved(moved.layer.kind, to);
}

/** One place up or down, by a button that keeps the focus. */
export function stepLayer(id: number, by: -1 | 1): void {
  const to = indexOf(id) + by;
  moveLayer(id, to);
  const canGoOn = to + by >= 0 && to + by < rows().length;
  focusNext.value = {id, part: canGoOn === by < 0 ? 'up' : 'down'};
}

export function indexOf(id: number | undefined): number {
  return rows().findIndex((one) => one.id === id);
}

function rows(): Row[] {
  return draft.value?.rows ?? [];
}

function row(layer: LayerSpec): Row {
  lastId++;
  return {id: lastId, layer};
}
