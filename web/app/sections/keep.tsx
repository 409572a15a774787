import './keep.css';
import {useSignal, useSignalEffect} from '@preact/signals';
import {percent} from '../../../common/format';
import type {FileFormat, ModelNote, OpenedModel} from '../../lab/models/types';
import {lab} from '../lab';
import {showModel} from '../model-choice';
import {download} from '../parts/download';
import {FileDrop} from '../parts/file-drop';
import {KeptModels} from '../parts/kept-models';
import {Section} from '../parts/section';
import {activity, announcement, busy, during, modelVersion} from '../store';

export function KeepSection() {
  return (
    <Section id="keep" title="Keep the model">
      <div class="keep">
        <InBrowser />
        <ToDisk />
        <FromDisk />
      </div>
    </Section>
  );
}

function InBrowser() {
  const note = useSignal<ModelNote | undefined>(undefined);
  const name = useSignal('');
  useSignalEffect(() => {
    // Asked again with each model, when the worker is free to answer.
    if (modelVersion.value < 0 || activity.value !== 'idle') return;
    lab.modelNote().then((now) => {
      note.value = now;
    });
  });
  const suggestion = note.value ? titleWithAccuracy(note.value) : '';
  const keep = () =>
    during('loading', async () => {
      const kept = name.value.trim() || suggestion;
      await lab.keepModel(kept);
      name.value = '';
      announcement.value = `${kept} is kept in this browser.`;
    });
  return (
    <div>
      <h3>In this browser</h3>
      <p class="soft">
        It stays when the page is closed, until the browser's data is cleared. What a training ends with is kept by
        itself.
      </p>
      <KeptModels
        open={(kept) => during('loading', async () => adopt(await lab.openKept(kept)))}
        name={name}
        suggestion={suggestion}
        keep={keep}
        ready={note.value !== undefined}
      />
    </div>
  );
}

function ToDisk() {
  const save = (format: FileFormat) =>
    during('loading', async () => {
      const files = await lab.writeModel(format);
      for (const file of files) download(file);
      announcement.value = `${files.map(({name}) => name).join(' and ')}: saved with the browser's downloads.`;
    });
  return (
    <div>
      <h3>To a file</h3>
      <p class="soft">For Python, or for a page of your own.</p>
      <p class="buttons">
        <button type="button" disabled={busy.value} onClick={() => save('keras')}>
          Keras (.h5)
        </button>
        <button type="button" disabled={busy.value} onClick={() => save('tfjs')}>
          TensorFlow.js (.json and .bin)
        </button>
      </p>
    </div>
  );
}

function FromDisk() {
  return (
    <div>
      <h3>From a file</h3>
      <FileDrop
        label="Choose files"
        hint="A Keras file (.h5, .keras), or a model.json together with its weights (.bin). Or drop them here."
        accept=".h5,.hdf5,.keras,.json,.bin"
        disabled={busy.value}
        onFiles={(files) => during('loading', async () => adopt(await lab.openFiles(files)))}
      />
    </div>
  );
}

/** The page goes on with a model that the worker has taken over. */
function adopt({title, info, ...origin}: OpenedModel): void {
  showModel(info, origin);
  announcement.value = `${title} is the model in use.`;
}

function titleWithAccuracy({title, accuracy}: ModelNote): string {
  return accuracy === undefined ? title : `${title}, ${percent(accuracy)}`;
}
