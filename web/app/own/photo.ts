/** Photos of digits: found, read, and looked through before any of them is added. */
import {signal} from '@preact/signals';
import {messageOf} from '../../../common/errors';
import {texts} from '../../texts';
import {lab} from '../lab';
import {announcement, during, problem} from '../store';
import {addOwn} from './digits';

/** A digit of a photo, which may be added. */
export interface Candidate {
  pixels: Uint8Array;
  /** What the network reads, until somebody says something else. */
  label: number;
  taken: boolean;
  isWide: boolean;
}

export const candidates = signal<readonly Candidate[]>([]);
export const looking = signal(false);

/** Looks for digits in photos; what is found in several is looked through together. */
export function look(photos: readonly Blob[]): Promise<void> {
  return during('loading', async () => {
    looking.value = true;
    try {
      const found: Candidate[] = [];
      const failed: string[] = [];
      for (const photo of photos) await candidatesOf(photo).then((some) => found.push(...some), noteIn(failed));
      candidates.value = found;
      if (found.length > 0) announcement.value = texts.own.found(found.length);
      problem.value = failed.join(' ') || undefined;
    } finally {
      looking.value = false;
    }
  });
}

async function candidatesOf(photo: Blob): Promise<Candidate[]> {
  const digits = await lab.own.photo(photo);
  const read = await lab.own.read(digits);
  return digits.map(({pixels, isWide}, i) => ({pixels, label: read?.[i] ?? 0, taken: !isWide, isWide}));
}

function noteIn(failed: string[]): (error: unknown) => void {
  return (error) => {
    failed.push(messageOf(error));
  };
}

export function correct(index: number, change: Partial<Candidate>): void {
  candidates.value = candidates.value.map((one, i) => (i === index ? {...one, ...change} : one));
}

export async function addTaken(): Promise<void> {
  await addOwn(candidates.value.filter(({taken}) => taken));
  candidates.value = [];
}
