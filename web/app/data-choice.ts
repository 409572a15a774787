/** Which images the page uses: the first choice, and the user's. */

import {signal} from '@preact/signals';
import {proxy} from 'comlink';
import {messageOf} from '../../common/errors';
import type {DataChoice, DataProgress} from '../lab/types';
import {texts} from '../texts';
import {lab} from './lab';
import {announcement, data, during, tell} from './store';

/** The address of MNIST on this page's own server, where that has it. */
export const mirror = signal<string | undefined>(undefined);
/** Of the download under way. */
export const progress = signal<DataProgress | undefined>(undefined);

/** For a page that nobody told yet: MNIST where it can be had without asking the internet, else the built-in digits. */
export async function loadFirstData(): Promise<void> {
  mirror.value = await serversMirror();
  try {
    await load({from: 'best', mirror: mirror.value});
  } catch (error) {
    await load({from: 'digits'});
    tell(texts.data.notLoaded(messageOf(error)));
  }
}

export function chooseData(choice: DataChoice): Promise<void> {
  return during('loading', async () => {
    await load(choice);
    announcement.value = texts.data.nowInUse(data.value?.description ?? '');
  });
}

/** Removes MNIST from the browser. */
export function forgetKept(): Promise<void> {
  return during('loading', async () => {
    data.value = await lab.forgetKept();
    announcement.value = texts.data.forgotten;
  });
}

async function load(choice: DataChoice): Promise<void> {
  try {
    data.value = await lab.useData(
      choice,
      proxy((now: DataProgress) => {
        progress.value = now;
      }),
    );
  } finally {
    progress.value = undefined;
  }
}

/** What config.json says, which a server or whoever puts the page on a host writes. */
async function serversMirror(): Promise<string | undefined> {
  const address = new URL('config.json', document.baseURI);
  const {mnist} = await fetch(address)
    .then((response): Promise<{mnist: string | null}> => response.json())
    // A host without that file, or no network and no service worker.
    .catch(() => ({mnist: null}));
  return mnist === null ? undefined : new URL(mnist, address).href;
}
