/**
 * The headers that make a page cross-origin isolated, without which it gets no shared memory, and so no threads. Scripts
 * of workers need the second too.
 */
export const ISOLATION = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
} as const;
