/** The network in the page's address: opened from it, and gone from it when another model is in use. */
import {effect} from '@preact/signals';
import {messageOf} from '../../../common/errors';
import {isNetworkLink, linkOf, networkOfLink} from '../../network/link';
import type {NetworkSpec} from '../../network/spec';
import {texts} from '../../texts';
import {takeNetwork} from '../model-choice';
import {activity, busy, during, model, network, tell} from '../store';

/** What the address carried last. */
let opened: NetworkSpec | undefined;

/** The address that opens a network anywhere. */
export async function addressOf(spec: NetworkSpec): Promise<string> {
  return new URL(await linkOf(spec), location.href).href;
}

/** Builds the network that the address carries; false where it carries none, or one that cannot be: then it is told why. */
export async function takeLinked(): Promise<boolean> {
  if (!isNetworkLink(location.hash)) return false;
  try {
    opened = await networkOfLink(location.hash);
    await takeNetwork(opened);
    return true;
  } catch (error) {
    forget();
    tell(new Error(texts.network.badLink(messageOf(error)), {cause: error}));
    return false;
  }
}

/** Follows links that are opened in the page itself, and forgets the one whose network is no longer in use. */
export function followLinks(): void {
  let waits = false;
  const open = () => {
    waits = busy.value && isNetworkLink(location.hash);
    if (!waits && isNetworkLink(location.hash)) during('loading', async () => void (await takeLinked()));
  };
  addEventListener('hashchange', open);
  effect(() => {
    // A link that came while the worker was busy.
    if (activity.value === 'idle' && waits) open();
  });
  effect(() => {
    if (model.value && network.value !== opened) forget();
  });
}

function forget(): void {
  opened = undefined;
  if (isNetworkLink(location.hash)) history.replaceState(null, '', location.pathname + location.search);
}
