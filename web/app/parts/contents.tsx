import './contents.css';
import {Tour, TourButton} from '../tour/tour';
import {SectionLink} from './section-link';

/** The sections, in the order of the page, by what one does there. */
const PARTS = [
  ['draw', 'Draw'],
  ['training', 'Train'],
  ['inside', 'Look inside'],
  ['mistakes', 'Mistakes'],
  ['model', 'Network'],
  ['data', 'Images'],
  ['race', 'Race'],
  ['keep', 'Keep'],
] as const;

/** Leads to the sections, and stays at the top of the window. */
export function Contents() {
  return (
    <div class="contents">
      <nav aria-label="Sections">
        <ul>
          {PARTS.map(([id, title]) => (
            <li key={id}>
              <SectionLink id={id}>{title}</SectionLink>
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
