import './backend-picker.css';
import {useSignal, useSignalEffect} from '@preact/signals';
import {BACKENDS, type BackendName} from '../../lab/types';
import {texts} from '../../texts';
import {lab} from '../lab';
import {activity, announcement, backend, busy, during, modelVersion} from '../store';
import {threads, whyOneThread} from '../threads';
import {progress} from '../training-run';

/** Chooses what computes; the model keeps its weights. */
export function BackendPicker() {
  const missing = useSignal<string | undefined>(undefined);
  useSignalEffect(() => {
    // Asked again with each backend and model, when the worker is free to answer.
    if (!backend.value || modelVersion.value < 0 || activity.value !== 'idle') return;
    lab.missingForTraining().then((kernel) => {
      missing.value = kernel;
    });
  });

  // The list shows the backend in use: also where the chosen one does not start.
  const choose = (name: BackendName) =>
    during('loading', async () => {
      backend.value = await lab.useBackend(name);
      announcement.value = texts.backend.inUse(name);
    });

  const level = backend.value?.featureLevel;
  const sentences = [
    texts.backend.explained,
    level && texts.backend[level],
    threadsInUse(),
    missing.value && texts.backend.missing(missing.value),
  ];
  return (
    <div class="field backend-picker">
      <label for="backend">{texts.backend.label}</label>
      <select
        id="backend"
        aria-describedby="backend-notes"
        value={backend.value?.name}
        disabled={busy.value}
        onChange={(event) => choose(event.currentTarget.value as BackendName)}
      >
        {BACKENDS.map((name) => (
          <option key={name} value={name}>
            {texts.backend.titles[name]}
          </option>
        ))}
      </select>
      <p class="soft" id="backend-notes">
        {sentences.filter(Boolean).join(' ')}
      </p>
    </div>
  );
}

function threadsInUse(): string | undefined {
  if (threads.value === undefined) return undefined;
  const {compute, oneBecause, oneUntilTraining} = texts.threads;
  if (threads.value > 1 || backend.value?.name !== 'mnist-wasm') return compute(threads.value);
  const reason = whyOneThread();
  if (reason) return oneBecause(reason);
  return progress.value ? compute(threads.value) : oneUntilTraining;
}
