/**
 * The boxes that non-maximum suppression may take yet: a binary heap with the highest score at its top, of equal ones
 * the first box.
 */

/** A box that may be taken yet. */
@unmanaged
export class Candidate {
  score: f64;
  box: i32;
  /** How many of the boxes taken have lowered the score already. */
  seen: i32;
}

/** Writes the boxes above the threshold as a heap, the best first, and returns how many they are. */
export function collect(scores: usize, n: i32, threshold: f64, heap: usize): i32 {
  let count = 0;
  for (let i = 0; i < n; i++) {
    const score = <f64>load<f32>(scores + ((<usize>i) << 2));
    if (!(score > threshold)) continue;
    const candidate = at(heap, count);
    candidate.score = score;
    candidate.box = i;
    candidate.seen = 0;
    count++;
  }
  for (let i = (count >> 1) - 1; i >= 0; i--) sink(heap, i, count);
  return count;
}

// @ts-ignore: decorator
@inline
function at(heap: usize, i: i32): Candidate {
  return changetype<Candidate>(heap + <usize>i * offsetof<Candidate>());
}

// @ts-ignore: decorator
@inline
function isBefore(a: Candidate, score: f64, box: i32): bool {
  return a.score > score || (a.score == score && a.box < box);
}

/** Moves the candidate at i down the heap of n, to where none below it comes before it. */
export function sink(heap: usize, i: i32, n: i32): void {
  const moved = at(heap, i);
  const score = moved.score;
  const box = moved.box;
  const seen = moved.seen;
  let child = 2 * i + 1;
  while (child < n) {
    let next = at(heap, child);
    if (child + 1 < n) {
      const second = at(heap, child + 1);
      if (isBefore(second, next.score, next.box)) {
        next = second;
        child++;
      }
    }
    if (!isBefore(next, score, box)) break;
    copyCandidate(next, at(heap, i));
    i = child;
    child = 2 * i + 1;
  }
  const place = at(heap, i);
  place.score = score;
  place.box = box;
  place.seen = seen;
}

/** Overwrites the top of the heap with the candidate at i. */
export function moveToTop(heap: usize, i: i32): void {
  copyCandidate(at(heap, i), at(heap, 0));
}

// @ts-ignore: decorator
@inline
function copyCandidate(from: Candidate, to: Candidate): void {
  v128.store(changetype<usize>(to), v128.load(changetype<usize>(from)));
}
