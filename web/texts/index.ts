/** The words of the page, in its language: English is the one there is. */
import {en, type Texts} from './en';

export const texts: Texts = en;
