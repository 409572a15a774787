import type {Stage} from './stages';

/** Of a line, from nothing to the strongest answer. */
const FAINTEST = 0.08;
const STRONGEST = 0.6;

/** Lines from what a stage takes, the darker the stronger that answers; both have their ends in equal parts of the height. */
export function Edges({from, to}: {from: Stage; to: Stage}) {
  const starts = from.strengths.length;
  const ends = to.strengths.length;
  const pairs = from.strengths.flatMap((strength, start) =>
    to.strengths.flatMap((_, end) => (to.mixes || starts !== ends || start === end ? [{strength, start, end}] : [])),
  );
  return (
    <svg class="edges" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
      {pairs.map(({strength, start, end}) => (
        <line
          key={`${start} ${end}`}
          x1="0"
          y1={(start + 0.5) / starts}
          x2="1"
          y2={(end + 0.5) / ends}
          style={{opacity: FAINTEST + (STRONGEST - FAINTEST) * strength}}
        />
      ))}
    </svg>
  );
}
