import type {Settings} from '../../digest/digest';

/** What a page is to run, as test/browser/jobs.mjs, or test/digest, writes it into the page's address. */
export interface Job {
  /** Told to the server, which has many pages at a time. */
  id: string;
  suite: 'parity' | 'training' | 'conformance' | 'digest';
  backend: 'mnist-wasm' | 'cpu';
  /** The feature level; none for tfjs-backend-cpu. */
  level?: 'relaxed' | 'simd';
  /** The best level that this browser is known to have. */
  best: 'relaxed' | 'simd';
  /** Whether the page is cross-origin isolated, and uses two threads. */
  isolated?: boolean;
  /** Only the specs with this in their names. */
  filter: string;
  /** For the suite `digest`. */
  digest?: Settings;
}
