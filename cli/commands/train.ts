import {Command} from 'commander';
import {findRecipe, recipes} from '../../recipes';
import {addTrainOptions, type TrainOptions} from '../options';
import {runTraining} from '../run/run';

export function trainCommand(finish: (exitCode: number) => void): Command {
  const command = new Command('train')
    .description('Train a recipe, test it, and write the model, a report and the figures.')
    .argument('<recipe>', recipes.map(({name}) => name).join(', '));
  return addTrainOptions(command).action(async (name: string, options: TrainOptions) => {
    finish(await runTraining(findRecipe(name), options));
  });
}
