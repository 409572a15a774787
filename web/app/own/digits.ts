/** The visitor's own digits, which this browser keeps. */
import {signal} from '@preact/signals';
import {createStore, get, type UseStore, update} from 'idb-keyval';
import {type LabelledDigit, MOST_OWN, notYetIn, type OwnDigit, withMore} from '../../own/digits';
import {texts} from '../../texts';
import {announcement, sample, tell} from '../store';
import {followOffers} from './offered';

const KEY = 'all';
let store: UseStore | undefined;

/** The latest last. */
export const own = signal<readonly OwnDigit[]>([]);

export function followOwn(): void {
  followOffers();
  keptDigits().then((kept) => {
    own.value = kept;
  }, notKept);
}

/** Adds what is not there yet. */
export async function addOwn(digits: readonly LabelledDigit[]): Promise<void> {
  let added = 0;
  let refused = 0;
  await change((all) => {
    const more = notYetIn(all, digits);
    const fitting = more.slice(0, MOST_OWN - all.length);
    added = fitting.length;
    refused = more.length - added;
    return withMore(all, fitting);
  });
  announcement.value = texts.own.added(added, own.value.length);
  if (refused > 0) tell(new Error(texts.own.full(MOST_OWN)));
}

export async function removeOwn(digits: readonly OwnDigit[]): Promise<void> {
  const ids = new Set(digits.map(({id}) => id));
  const pixels = new Set(digits.map((digit) => digit.pixels));
  await change((all) => all.filter(({id}) => !ids.has(id)));
  // What is gone is no longer shown either.
  if (sample.value && pixels.has(sample.value.pixels)) sample.value = undefined;
  announcement.value = texts.own.removed(ids.size);
}

/** In the storage first, which other windows of the page write too. */
async function change(how: (all: readonly OwnDigit[]) => OwnDigit[]): Promise<void> {
  let result: OwnDigit[] | undefined;
  try {
    await update<OwnDigit[]>(
      KEY,
      (kept) => {
        result = how(kept ?? []);
        return result;
      },
      opened(),
    );
  } catch (error) {
    notKept(error);
    result = how(own.value);
  }
  // The same objects for the same digits, by which it is known which is shown.
  const known = new Map(own.value.map((digit) => [digit.id, digit]));
  own.value = (result ?? []).map((digit) => known.get(digit.id) ?? digit);
}

async function keptDigits(): Promise<OwnDigit[]> {
  return (await get<OwnDigit[]>(KEY, opened())) ?? [];
}

function opened(): UseStore {
  store ??= createStore('mnist-wasm-own', 'digits');
  return store;
}

function notKept(error: unknown): void {
  tell(new Error(texts.own.notKept((error as Error).message), {cause: error}));
}
