import {texts} from '../../texts';
import {keptModels} from '../kept';
import {Choice} from '../network/fields';
import {Probabilities} from '../parts/probabilities';
import {busy, data} from '../store';
import {probabilities} from '../view';
import {Agreements} from './agreements';
import {runs} from './runs';
import {chooseSecond, compareBoth, comparison, second, secondProbabilities} from './second';

const NONE = 'none';
const RUN = 'run ';
const KEPT = 'kept ';

/** A second network beside the one in use: both read the same digit, and the same test images. */
export function SideBySide() {
  return (
    <div class="side-by-side">
      <h3>{texts.compare.second}</h3>
      <p class="soft">{texts.compare.secondExplained}</p>
      <SecondChoice />
      {second.value && <Both title={second.value.title} />}
    </div>
  );
}

function SecondChoice() {
  const ofRuns = runs.value.filter(({hasWeights}) => hasWeights);
  const {when, accuracy, ofRun} = texts.compare;
  const titles: Record<string, string> = {[NONE]: texts.compare.none};
  for (const run of ofRuns) titles[RUN + run.id] = ofRun(run.title, accuracy(run.accuracy), when(run.id));
  for (const {name} of keptModels.value) titles[KEPT + name] = name;
  const choice = second.value?.choice;
  const value = !choice ? NONE : 'run' in choice ? RUN + choice.run : KEPT + choice.kept;
  return (
    <div class="controls">
      <Choice
        label={texts.compare.beside}
        value={value in titles ? value : NONE}
        options={Object.keys(titles)}
        titles={titles}
        disabled={busy.value}
        onChange={(chosen) => {
          if (chosen === NONE) chooseSecond(undefined);
          else if (chosen.startsWith(RUN)) chooseSecond({run: Number(chosen.slice(RUN.length))});
          else chooseSecond({kept: chosen.slice(KEPT.length)});
        }}
      />
      <button type="button" disabled={busy.value || !second.value || !data.value} onClick={compareBoth}>
        {texts.compare.test}
      </button>
    </div>
  );
}

function Both({title}: {title: string}) {
  return (
    <>
      <div class="both">
        <div>
          <h4>{texts.compare.inUse}</h4>
          <Probabilities values={probabilities.value} label={texts.compare.inUse} />
        </div>
        <div>
          <h4>{title}</h4>
          <Probabilities values={secondProbabilities.value} label={title} />
        </div>
      </div>
      {comparison.value && <Agreements comparison={comparison.value} />}
    </>
  );
}
