import type {RunRecord} from './record';
import {quoted} from './repeat';

/** What can be done with a run now. */
export function nextSteps(out: string, {status}: Pick<RunRecord, 'status'>): string {
  const folder = quoted(out);
  const steps: [command: string, what: string][] = [
    [`mnist-wasm predict ${folder} digit.png`, 'reads a digit of a picture'],
    [`mnist-wasm evaluate ${folder}`, 'tests the model once more, also on other data'],
    [`mnist-wasm convert ${folder} model.h5`, 'for Keras'],
    ['mnist-wasm runs', 'lists the runs and their results'],
  ];
  if (status === 'interrupted') steps.unshift(['the same command with --resume', 'goes on from here']);
  const width = Math.max(...steps.map(([command]) => command.length));
  return `Next\n${steps.map(([command, what]) => `  ${command.padEnd(width)}  ${what}`).join('\n')}`;
}
