import {Command} from 'commander';
import pc from 'picocolors';
import {count, duration, percent} from '../../common/format';
import {testClassifier, whyAtChance} from '../../recipes';
import {activateBackend, type BackendName} from '../backend';
import {openClassifier} from '../classifier';
import {loadTestData} from '../data';
import {MODEL_ARGUMENT} from '../open-model';
import {
  addBackendOption,
  addDataOptions,
  addJsonOption,
  addScalingOptions,
  type DataOptions,
  type JsonOption,
  type ScalingOptions,
} from '../options';
import {Output} from '../output';
import {downloadProgress} from '../progress';
import {classTable} from '../terminal/class-table';

type EvaluateOptions = DataOptions & ScalingOptions & JsonOption & {backend: BackendName; threads?: number};

export function evaluateCommand(): Command {
  const command = new Command('evaluate')
    .description('Test a model on the test images: accuracy, loss, each class.')
    .argument('<model>', MODEL_ARGUMENT);
  addDataOptions(command);
  addScalingOptions(command);
  addBackendOption(command);
  return addJsonOption(command).action(evaluateModel);
}

async function evaluateModel(location: string, options: EvaluateOptions): Promise<void> {
  const output = new Output(options);
  await activateBackend(options.backend, options.threads);
  const data = await loadTestData(options, downloadProgress(output.stream));
  const {classifier, lines} = await openClassifier(location, options, async () => data);
  const started = performance.now();
  const {metrics: all, ownLoss} = await testClassifier(classifier, data.test);
  const {mistakes, ...metrics} = all;
  const seconds = (performance.now() - started) / 1000;
  const hint = await whyAtChance(classifier, data.test, all);
  const own = ownLoss && `, ${ownLoss.name} ${ownLoss.value.toFixed(4)}`;
  output.print(
    [
      `${pc.bold(location)}  ${count(classifier.model.countParams())} parameters`,
      `Data     ${data.description}`,
      ...lines,
      '',
      classTable(metrics),
      `Test     accuracy ${pc.bold(percent(metrics.accuracy))} (${count(metrics.correct)} of ${count(metrics.total)}), ` +
        `loss ${metrics.loss.toFixed(4)}${own ?? ''}`,
      `Time     ${duration(seconds)}, ${count(metrics.total / seconds)} images/s`,
      ...(hint === undefined ? [] : [`Hint     ${hint}`]),
    ].join('\n'),
  );
  const {preparation, reading} = classifier;
  const found = {scale: preparation.scale, polarity: preparation.polarity, fit: preparation.fit, output: reading};
  await output.json({model: location, data: data.description, ...found, ...metrics, ownLoss, mistakes, seconds, hint});
}
