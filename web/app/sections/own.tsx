import '../own/own.css';
import {texts} from '../../texts';
import {Collect, Gallery} from '../own/collect';
import {Learn} from '../own/learn';
import {Offer} from '../own/offer';
import {Photograph} from '../own/photograph';
import {Share} from '../own/share';
import {Section} from '../parts/section';

/** Digits of the visitor's own hand: collected, learned, shared. */
export function OwnSection() {
  return (
    <Section id="own" title={texts.own.title}>
      <p class="soft">{texts.own.explained}</p>
      <Collect />
      <Gallery />
      <Learn />
      <Photograph />
      <Share />
      <Offer />
    </Section>
  );
}
