import {Command} from 'commander';
import pc from 'picocolors';
import {count, duration, percent} from '../../common/format';
import {evaluate} from '../../recipes';
import {activateBackend, type BackendName} from '../backend';
import {loadData} from '../data';
import {assertClassifiesDigits, openModel} from '../open-model';
import {addBackendOption, addDataOptions, addJsonOption, type DataOptions, type JsonOption} from '../options';
import {Output} from '../output';
import {downloadProgress} from '../progress';
import {classTable} from '../terminal/class-table';

type EvaluateOptions = DataOptions & JsonOption & {backend: BackendName; threads?: number};

export function evaluateCommand(): Command {
  const command = new Command('evaluate')
    .description('Test a model on the test images: accuracy, loss, each class.')
    .argument('<model>', "a run's folder, a folder with a model.json, or a Keras file (.h5, .keras)");
  addDataOptions(command);
  addBackendOption(command);
  return addJsonOption(command).action(evaluateModel);
}

async function evaluateModel(location: string, options: EvaluateOptions): Promise<void> {
  const output = new Output(options);
  await activateBackend(options.backend, options.threads);
  const model = await openModel(location);
  assertClassifiesDigits(model, location);
  const {test, description} = await loadData(options, downloadProgress(output.stream));
  const started = performance.now();
  const {mistakes, ...metrics} = (await evaluate(model, test)).metrics;
  const seconds = (performance.now() - started) / 1000;
  output.print(
    [
      `${pc.bold(location)}  ${count(model.countParams())} parameters`,
      `Data     ${description}`,
      '',
      classTable(metrics),
      `Test     accuracy ${pc.bold(percent(metrics.accuracy))} (${count(metrics.correct)} of ${count(metrics.total)}), ` +
        `loss ${metrics.loss.toFixed(4)}`,
      `Time     ${duration(seconds)}, ${count(metrics.total / seconds)} images/s`,
    ].join('\n'),
  );
  await output.json({model: location, data: description, ...metrics, mistakes, seconds});
}
