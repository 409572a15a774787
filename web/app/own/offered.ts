/** Digits that the page's address carries: they are offered, and added only where the visitor says so. */
import {signal} from '@preact/signals';
import {messageOf} from '../../../common/errors';
import type {LabelledDigit} from '../../own/digits';
import {digitsOfLink, isDigitsLink} from '../../own/link';
import {texts} from '../../texts';
import {tell} from '../store';

export const offered = signal<readonly LabelledDigit[] | undefined>(undefined);

/** Also those of links that are opened in the page itself. */
export function followOffers(): void {
  addEventListener('hashchange', takeOffer);
  takeOffer();
}

async function takeOffer(): Promise<void> {
  if (!isDigitsLink(location.hash)) return;
  const {hash} = location;
  // What is decided once is not asked again when the page is loaded again.
  history.replaceState(null, '', location.pathname + location.search);
  try {
    offered.value = await digitsOfLink(hash);
  } catch (error) {
    tell(new Error(texts.own.badLink(messageOf(error)), {cause: error}));
  }
}
