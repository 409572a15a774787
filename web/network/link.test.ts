import {describe, expect, it} from 'vitest';
import {newLayer} from './fields';
import {isNetworkLink, linkOf, networkOfLink} from './link';
import type {NetworkSpec} from './spec';

const SMALL: NetworkSpec = {
  name: 'Größer 数',
  layers: [
    {kind: 'conv2d', filters: 4, kernel: 5, stride: 2, padding: 'valid', activation: 'tanh'},
    {kind: 'flatten'},
    {kind: 'dense', units: 20, activation: 'relu', l2: 0.001},
  ],
  training: {optimizer: 'rmsprop', learningRate: 0.002, schedule: 'constant', batchSize: 64, l2: 0},
};
const LARGE: NetworkSpec = {...SMALL, layers: [...Array.from({length: 25}, () => newLayer('conv2d')), ...SMALL.layers]};
/** Links that were given away: they stay valid. */
const OF_VERSION_1 =
  '#network=1jWyJHcsO2w59lciDmlbAiLFtbImMiLDQsNSwyLCJ2YWxpZCIsInRhbmgiXSxbImYiXSxbImQiLDIwLCJyZWx1IiwwLjAwMV1dLFsicm1zcHJvcCIsMC4wMDIsImNvbnN0YW50Iiw2NCwwXV0';

describe('a link', () => {
  it('carries a network, deflated where that is long', async () => {
    for (const spec of [SMALL, LARGE]) {
      const link = await linkOf(spec);
      expect(isNetworkLink(link)).toBe(true);
      expect(link).toMatch(/^#network=1[jd][\w-]+$/);
      expect(await networkOfLink(link)).toEqual(spec);
    }
    expect((await linkOf(LARGE)).length).toBeLessThan(300);
  });

  it('is read as it was written', async () => {
    expect(await linkOf(SMALL)).toBe(OF_VERSION_1);
    expect(await networkOfLink(OF_VERSION_1)).toEqual(SMALL);
  });

  it('is not of a part of the page', () => {
    expect(isNetworkLink('#training')).toBe(false);
  });

  const json = (value: unknown) => `#network=1j${Buffer.from(JSON.stringify(value)).toString('base64url')}`;
  it.each([
    ['of a later version', '#network=2jW10', 'of version "2", and this page reads version 1'],
    ['empty', '#network=', 'of version'],
    ['without a network', '#network=1', 'cut off or damaged'],
    ['cut off', OF_VERSION_1.slice(0, -9), 'cut off or damaged'],
    ['of other letters', '#network=1j!!!', 'cut off or damaged'],
    ['of another form', '#network=1xW10', 'cut off or damaged'],
    ['not deflated', OF_VERSION_1.replace('1j', '1d'), 'cut off or damaged'],
    ['of other JSON', json({a: 1}), 'no description of a network'],
    ['with a layer that is none', json(['x', [['z', 1]], ['adam', 0.001, 'linear', 1, 0]]), 'kind "z"'],
    ['with a layer of another form', json(['x', [7], ['adam', 0.001, 'linear', 1, 0]]), 'kind 7'],
    ['out of bounds', json(['x', [['o', 1]], ['adam', 0.001, 'linear', 1, 0]]), 'Share dropped is 1; expected'],
    ['without settings', json(['x', [], []]), 'Optimizer is nothing'],
    ['endless', `#network=1j${'A'.repeat(20_000)}`, 'longer than 16,384 characters'],
  ])('is refused where it is %s', async (_, link, why) => {
    await expect(networkOfLink(link)).rejects.toThrow(why);
  });

  it('is refused where it would inflate to more than any network has', async () => {
    const stream = new Blob([`[${' '.repeat(1e6)}]`]).stream().pipeThrough(new CompressionStream('deflate-raw'));
    const bomb = Buffer.from(await new Response(stream).arrayBuffer()).toString('base64url');
    await expect(networkOfLink(`#network=1d${bomb}`)).rejects.toThrow('cut off or damaged');
  });
});
