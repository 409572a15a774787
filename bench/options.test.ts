import {expect, test} from 'vitest';
import {UsageError} from '../common/errors';
import {parseOptions} from './options';
import {peers} from './peers';

const PEERS = ['wasm', 'cpu', 'pytorch'];
const parse = (...args: string[]) => parseOptions(args, PEERS);

test('by default everything on all peers, and no file', () => {
  expect(parse()).toEqual({only: '', peers: PEERS, profile: [], compiled: false, sweep: false, threads: 1});
});

test('peers keep their order whatever that of the names; or none', () => {
  expect(parse('--peers', 'pytorch, wasm').peers).toEqual(['wasm', 'pytorch']);
  expect(parse('--peers', 'none').peers).toEqual([]);
});

test('every peer of the benchmark can be asked for by its name', () => {
  const names = peers.map(({name}) => name);
  expect(names).toContain('litert');
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(parseOptions(['--peers', name], names).peers).toEqual([name]);
});

test('an unknown peer is named, and those that there are', () => {
  expect(() => parse('--peers', 'wasm,onnx')).toThrow(UsageError);
  expect(() => parse('--peers', 'wasm,onnx')).toThrow("no peer 'onnx'; known: wasm, cpu, pytorch, none");
});

test('a profile of one model, in any case, or of all', () => {
  expect(parse('--profile', 'LeNet').profile).toEqual(['lenet']);
  expect(parse('--profile').profile).toContain('alexnet');
  expect(() => parse('--profile', 'VGG')).toThrow(/no model 'VGG'; known: lenet, alexnet/);
});

test('a filter in any case, and the files', () => {
  const given = parse('--only', 'LeNet Training', '--json', 'a.json', '--markdown', 'a.md', '--chart', 'a.svg');
  expect(given).toMatchObject({only: 'lenet training', json: 'a.json', markdown: 'a.md', chart: 'a.svg'});
});

test('a profile has no chart', () => {
  expect(() => parse('--profile', '--chart', 'a.svg')).toThrow(UsageError);
});

test('a cold start by the Node that runs it, or by others', () => {
  expect(parse('--cold-start').coldStart).toEqual({nodes: [process.execPath], starts: 15});
  expect(parse('--cold-start', '--node', 'a', 'b', '--starts', '21').coldStart).toEqual({
    nodes: ['a', 'b'],
    starts: 21,
  });
});

test('what is a run of its own goes with no other, and not with what it does not show', () => {
  expect(() => parse('--compiled', '--cold-start')).toThrow('--compiled and --cold-start are runs of their own');
  expect(() => parse('--profile', '--compiled')).toThrow(UsageError);
  expect(() => parse('--compiled', '--chart', 'a.svg')).toThrow('which --compiled does not time');
  expect(() => parse('--compiled', '--threads', '2')).toThrow('--compiled is on one thread');
  expect(() => parse('--cold-start', '--only', 'lenet')).toThrow('--cold-start has one, lenet');
  expect(() => parse('--node', 'a')).toThrow('--node and --starts go with --cold-start');
});
