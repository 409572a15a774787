import './keep.css';
import {useSignal, useSignalEffect} from '@preact/signals';
import type {ModelNote, OpenedModel} from '../../lab/models/types';
import {texts} from '../../texts';
import {lab} from '../lab';
import {showModel} from '../model-choice';
import {FileDrop} from '../parts/file-drop';
import {KeptModels} from '../parts/kept-models';
import {Section} from '../parts/section';
import {activity, announcement, busy, during, modelVersion} from '../store';
import {TakeHome} from '../take-home/take-home';

export function KeepSection() {
  return (
    <Section id="keep" title={texts.keep.title}>
      <div class="keep">
        <InBrowser />
        <FromDisk />
      </div>
      <TakeHome />
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
      announcement.value = texts.keep.kept(kept);
    });
  return (
    <div>
      <h3>{texts.keep.inBrowser}</h3>
      <p class="soft">{texts.keep.inBrowserExplained}</p>
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

function FromDisk() {
  return (
    <div>
      <h3>{texts.keep.fromFile}</h3>
      <FileDrop
        label={texts.keep.choose}
        hint={texts.keep.chooseHint}
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
  announcement.value = texts.keep.inUse(title);
}

function titleWithAccuracy({title, accuracy}: ModelNote): string {
  return accuracy === undefined ? title : texts.keep.withAccuracy(title, accuracy);
}
