import {calledAs} from '../called-as';
import {quoted} from '../quoted';
import type {TrainingPlan} from './plan';
import type {RunRecord} from './record';

/** What can be done with a run now. */
export function nextSteps(
  {out, recipe, options}: Pick<TrainingPlan, 'out' | 'recipe' | 'options'>,
  {status}: Pick<RunRecord, 'status'>,
): string {
  const program = calledAs();
  const folder = quoted(out);
  const steps: [command: string, what: string][] = [
    [`${program} predict ${folder} digit.png`, 'reads a digit of a picture'],
    [`${program} evaluate ${folder}`, 'tests the model once more, also on other data'],
    [`${program} convert ${folder} model.h5`, 'for Keras'],
    [`${program} runs`, 'lists the runs and their results'],
  ];
  if (status === 'interrupted') {
    const {backend, tensorboard} = options;
    const flags = [
      ...(backend === 'mnist-wasm' ? [] : [`--backend ${backend}`]),
      ...(tensorboard === undefined ? [] : ['--tensorboard', ...(tensorboard === true ? [] : [quoted(tensorboard)])]),
    ];
    // The checkpoint keeps all other options.
    const command = [program, 'train', recipe.name, '--resume', '--out', folder, ...flags].join(' ');
    steps.unshift([command, 'goes on from here']);
  }
  const width = Math.max(...steps.map(([command]) => command.length));
  return `Next\n${steps.map(([command, what]) => `  ${command.padEnd(width)}  ${what}`).join('\n')}`;
}
