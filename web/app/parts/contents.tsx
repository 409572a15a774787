import './contents.css';
import {texts} from '../../texts';
import {Tour, TourButton} from '../tour/tour';
import {SectionLink} from './section-link';

/** The sections, in the order of the page, by what one does there. */
const PARTS = [
  'draw',
  'training',
  'inside',
  'mistakes',
  'break',
  'model',
  'compare',
  'data',
  'own',
  'race',
  'keep',
] as const;

/** Leads to the sections, and stays at the top of the window. */
export function Contents() {
  return (
    <div class="contents">
      <nav aria-label={texts.page.sections}>
        <ul>
          {PARTS.map((id) => (
            <li key={id}>
              <SectionLink id={id}>{texts.nav[id]}</SectionLink>
            </li>
          ))}
          <li>
            <TourButton />
          </li>
        </ul>
      </nav>
      <Tour />
    </div>
  );
}
