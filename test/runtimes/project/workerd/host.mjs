/** What the workers have in common: the fixture as modules, since there are no files, and the answer. */
import fixtureJson from '../fixture/fixture.json';
import images from '../fixture/images.bin';
import labels from '../fixture/labels.bin';
import {load as loadRelaxed} from '../fixture/model-relaxed.js';
import relaxedModule from '../fixture/model-relaxed.wasm';
import {load as loadSimd} from '../fixture/model-simd.js';
import simdModule from '../fixture/model-simd.wasm';
import weights from '../fixture/weights.bin';
import {loadFixture} from '../fixture.mjs';

const files = {'fixture.json': fixtureJson, 'images.bin': images, 'labels.bin': labels, 'weights.bin': weights};

/** No bytes are compiled here: the loaders are given modules. */
export const load = {simd: () => loadSimd(simdModule), relaxed: () => loadRelaxed(relaxedModule)};

/** @param {(fixture: import('../suite.mjs').Fixture) => Promise<import('../suite.mjs').Report>} run */
export function answerWith(run) {
  return {
    async fetch() {
      try {
        return Response.json(await run(await loadFixture(async (name) => files[name])));
      } catch (error) {
        return new Response(`${error?.message}\n${error?.stack}`, {status: 500});
      }
    },
  };
}
