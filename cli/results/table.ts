import {count, duration, percent} from '../../common/format';
import {median} from '../../common/statistics';
import {epochsIn, type Recipe, type RecipeModel, recipes, runName, runTitle, variantOf} from '../../recipes';
import type {RunRecord} from '../run/record';

/** All runs of one of a recipe's models. */
export interface ResultRow {
  name: string;
  title: string;
  model: RecipeModel;
  /** By their seeds. */
  runs: RunRecord[];
  /** The run whose curves are shown: that of the first seed. */
  shown: RunRecord;
}

/** The finished runs on MNIST, by recipe and model. */
export function rowsOf(records: RunRecord[]): ResultRow[] {
  return recipes.flatMap((recipe) => recipe.models.flatMap((model) => rowOf(recipe, model, records)));
}

function rowOf(recipe: Recipe, model: RecipeModel, records: RunRecord[]): ResultRow[] {
  const variant = variantOf(recipe, model);
  const runs = records
    .filter((record) => record.status === 'finished' && record.data.source !== 'digits')
    .filter((record) => record.recipe === recipe.name && record.variant === variant)
    .sort((a, b) => a.seed - b.seed);
  if (runs.length === 0) return [];
  return [{name: runName(recipe, model), title: runTitle({title: recipe.title, variant}), model, runs, shown: runs[0]}];
}

/** A line for each stage of each model: what was published, what came out here, and how to repeat it. */
export function resultsTable(rows: ResultRow[]): string {
  const lines = rows.flatMap(({title, model, runs, shown}) =>
    shown.stages.map((stage, position) => {
      const accuracies = runs.map((run) => run.stages[position].accuracy);
      const isLast = position === shown.stages.length - 1;
      return [
        shown.stages.length > 1 ? `${title}: ${stage.title}` : title,
        percent(model.published[position]),
        percent(median(accuracies)),
        runs.length > 1
          ? runs.map(({seed}, i) => `${seed}: ${percent(accuracies[i])}`).join('<br>')
          : String(shown.seed),
        isLast ? epochs(runs) : String(stage.epochs),
        isLast ? duration(shown.trainingSeconds) : '',
        isLast ? `\`${shown.command}\`` : '',
      ];
    }),
  );
  const head = ['Recipe', 'Published', 'Here', 'Seeds', 'Epochs', 'Training time', 'Repeat it'];
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function epochs(runs: RunRecord[]): string {
  const texts = runs.map(({history, stages, bestEpoch, stoppedEarly}) => {
    const trained = stages.length > 1 ? stages[stages.length - 1].epochs : epochsIn(history);
    const best = bestEpoch === null ? '' : `, weights of ${count(bestEpoch)}`;
    return `${trained}${stoppedEarly ? ' (stopped early)' : ''}${best}`;
  });
  return [...new Set(texts)].join('<br>');
}
