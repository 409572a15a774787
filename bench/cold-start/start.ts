import {spawn} from 'node:child_process';

/** What a program tells, and when. */
export interface Start {
  /** From the start of the process to its answer. */
  milliseconds: number;
  /** -1 of a program that predicts nothing. */
  label: number;
  /** Milliseconds by name, of the program that measures itself. */
  phases: Record<string, number>;
}

/** Starts a program and waits for its end. @throws Error if it fails, or answers nothing */
export function start(node: string, file: string): Promise<Start> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    let milliseconds: number | undefined;
    let output = '';
    let errors = '';
    const child = spawn(node, [file], {stdio: ['ignore', 'pipe', 'pipe']});
    child.on('error', reject);
    child.stdout.on('data', (data) => {
      output += data;
      if (output.includes('"label"')) milliseconds ??= performance.now() - began;
    });
    child.stderr.on('data', (data) => {
      errors += data;
    });
    child.on('close', (code) => {
      const answer = output.split('\n').find((line) => line.startsWith('{"label"'));
      if (code === 0 && milliseconds !== undefined && answer) resolve({milliseconds, ...JSON.parse(answer)});
      else reject(new Error(`${node} ${file} ended with code ${code} and no answer: ${errors || output}`));
    });
  });
}
