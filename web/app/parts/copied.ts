import {texts} from '../../texts';
import {announcement} from '../store';

/** Copies; tells that it has, or what to do: browsers let pages copy on https and localhost alone. */
export async function copied(text: string, done: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    announcement.value = done;
    return done;
  } catch {
    announcement.value = texts.network.byHand;
    return texts.network.byHand;
  }
}
