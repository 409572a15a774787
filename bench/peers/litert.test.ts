import {expect, onTestFinished, test, vi} from 'vitest';
import {NoBrowserError} from '../../test/browser/launch.mjs';
import {benchModels} from '../models';
import {findPackage} from './installed';
import {assertSame, litertPeer} from './litert';
import {chromiumVersion, withLitertPage} from './litert-browser';

test('other probabilities, or not as many, are an error that names both', () => {
  const ofLenet = {model: 'lenet', batch: 1, threads: 1};
  expect(() => assertSame({subject: [0.5, 0.5], litert: [0.5, 0.50001]}, ofLenet)).not.toThrow();
  expect(() => assertSame({subject: [0.5, 0.5], litert: [0.6, 0.4]}, ofLenet)).toThrow(
    'lenet, batch 1: predicts [0.6,0.4 ...] instead of [0.5,0.5 ...]',
  );
  expect(() => assertSame({subject: [0.5, 0.5], litert: [0.5]}, ofLenet)).toThrow('predicts [0.5 ...]');
  expect(() => assertSame({subject: [0.5], litert: [Number.NaN]}, ofLenet)).toThrow('predicts [NaN ...]');
});

const isInstalled = 'version' in findPackage('@litertjs/core');

test.skipIf(!isInstalled)('without Chromium it is left out, and says how to get it', async () => {
  vi.stubEnv('CHROMIUM_PATH', '/no/such/program');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const found = await litertPeer().find();
  expect(found).toEqual({missing: expect.stringMatching(/^No Chromium: .*Install it/)});
});

const isThere = isInstalled && (await hasChromium());
const smallModels = benchModels.filter(({name}) => name !== 'alexnet').map(({name}) => name);
test.skipIf(!isThere).each(smallModels)(
  'LiteRT.js in Chromium gives what mnist-wasm gives: %s',
  async (model) => {
    for (const threads of [1, 2]) {
      const litertCase = {model, batch: 3, threads};
      const predictions = await withLitertPage(({prepare}) => prepare(litertCase));
      assertSame(predictions, litertCase);
      expect(predictions.subject).toHaveLength(30);
      expect(Math.max(...predictions.subject) - Math.min(...predictions.subject)).toBeGreaterThan(1e-2);
    }
  },
  120_000,
);

async function hasChromium(): Promise<boolean> {
  try {
    return (await chromiumVersion()) !== '';
  } catch (error) {
    if (error instanceof NoBrowserError) return false;
    throw error;
  }
}
