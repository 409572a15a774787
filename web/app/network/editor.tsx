import './editor.css';
import {useSignalEffect} from '@preact/signals';
import {useEffect, useRef} from 'preact/hooks';
import {OPTIMIZER_CALLS} from '../../network/calls';
import {MOST, TRAINING_FIELDS} from '../../network/fields';
import type {TrainingSpec} from '../../network/spec';
import {texts} from '../../texts';
import {lab} from '../lab';
import {chooseNetwork} from '../model-choice';
import {busy, model, network, tell} from '../store';
import {change, draft, draftProblem, draftShape, draftSpec, isChanged, markBuilt, openDraft} from './draft';
import {Fields} from './fields';
import {LayerList} from './layer-list';
import {Share} from './share';

/** Changes the network in use: a copy of it, until it is built. */
export function NetworkEditor() {
  useSignalEffect(() => {
    // Another model has come into use while the editor is open, or what it shows.
    if (!model.value || !draft.peek()) return;
    if (network.peek() === draftSpec.peek()) markBuilt();
    else read();
  });
  const isOpen = draft.value !== undefined;
  return (
    <>
      <p class="buttons">
        <button
          type="button"
          aria-expanded={isOpen}
          disabled={busy.value || !model.value}
          onClick={isOpen ? close : read}
        >
          {isOpen ? texts.network.close : texts.network.change}
        </button>
      </p>
      {isOpen && <Editor />}
    </>
  );
}

/** The model in use becomes what is changed. */
async function read(): Promise<void> {
  try {
    openDraft(await lab.networkInUse());
  } catch (error) {
    close();
    tell(error);
  }
}

function close(): void {
  draft.value = undefined;
}

function Editor() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const {name = '', training} = draft.value ?? {};
  const spec = draftSpec.value;
  const shape = draftShape.value;
  if (!training || !spec || !shape) return null;
  const problem = draftProblem.value;
  const beyond = model.value?.training.beyond ?? [];
  return (
    <form
      class="editor"
      onSubmit={(event) => {
        event.preventDefault();
        if (!problem && !busy.value) chooseNetwork(spec);
      }}
    >
      <h3 ref={heading} tabIndex={-1}>
        {texts.network.editor}
      </h3>
      <p class="soft">{texts.network.intro}</p>
      <LayerList disabled={busy.value} />
      <fieldset>
        <legend>{texts.network.training}</legend>
        <div class="controls">
          <Fields
            rules={TRAINING_FIELDS}
            values={training}
            disabled={busy.value}
            onChange={(changed) => change({training: withUsualRate(training, changed)})}
          />
        </div>
        <p class="soft">{texts.network.trainingNote}</p>
        {beyond.length > 0 && <p>{texts.network.leavesBehind(beyond.map((one) => texts.network.leaves[one]))}</p>}
      </fieldset>
      <div class="controls">
        <div class="field">
          <label for="network-name">{texts.network.name}</label>
          <input
            id="network-name"
            type="text"
            required
            maxLength={MOST.name}
            autocomplete="off"
            value={name}
            disabled={busy.value}
            onInput={({currentTarget}) => change({name: currentTarget.value})}
          />
        </div>
      </div>
      <p class={problem ? 'editor-problem' : 'soft'} id="network-verdict" role="status">
        {problem?.text ?? texts.network.totals(shape.parameters, shape.bytes)}
      </p>
      <div class="controls">
        <button type="submit" class="primary" disabled={busy.value || problem !== undefined}>
          {texts.network.build}
        </button>
        <button type="button" disabled={busy.value} onClick={read}>
          {texts.network.reset}
        </button>
        <p class="soft whole-row">{isChanged.value ? texts.network.notBuilt : texts.network.buildNote}</p>
      </div>
      {!problem && <Share spec={spec} />}
    </form>
  );
}

/** Each optimizer has a learning rate of its own that does for most networks: another one begins with that. */
function withUsualRate(before: TrainingSpec, changed: TrainingSpec): TrainingSpec {
  if (before.optimizer === changed.optimizer) return changed;
  return {...changed, learningRate: OPTIMIZER_CALLS[changed.optimizer].learningRate};
}
