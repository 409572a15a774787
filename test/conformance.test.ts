import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {run} from './child';

const level = process.env.MNIST_WASM_FEATURES as string;
const command = path.join(import.meta.dirname, 'conformance/run.mjs');
let folder: string;

const conformance = (...args: string[]) => run(process.execPath, [command, '--level', level, ...args]);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mnist-wasm-'));
});

afterAll(async () => {
  await rm(folder, {recursive: true, force: true});
});

describe("tfjs-core's own tests", () => {
  it('pass, but those that pin a wrong gradient', {timeout: 240_000}, async () => {
    const json = path.join(folder, 'results.json');
    const {code, stdout, stderr} = await conformance('--list', '50', '--json', json);
    expect({code, stderr}, stdout).toEqual({code: 0, stderr: ''});

    const {coreVersion, results} = JSON.parse(await readFile(json, 'utf8'));
    expect(coreVersion, 'the version that the counts are for').toBe('4.22.0');
    expect(results).toMatchObject([
      {
        level,
        discovered: 4230,
        passed: 4220,
        failed: 0,
        contradicted: 5,
        skipped: 5,
        excluded: 0,
        failures: [],
        errors: [],
      },
    ]);
  });

  it('are an error where a filter leaves none of them', async () => {
    const {code, stdout, stderr} = await conformance('--files', 'ops/relu_test', '--filter', 'no such spec');
    expect({code, stdout}).toEqual({code: 2, stdout: ''});
    expect(stderr).toMatch(/^error: none of \d+ specs in 1 test files has 'no such spec' in its name\n$/);
  });
});
