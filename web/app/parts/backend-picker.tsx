import './backend-picker.css';
import {useSignal, useSignalEffect} from '@preact/signals';
import {capitalised, threadsInWords} from '../../../common/format';
import {BACKENDS, type BackendName} from '../../lab/types';
import {lab} from '../lab';
import {activity, announcement, backend, busy, during, modelVersion} from '../store';
import {threads, whyOneThread} from '../threads';
import {progress} from '../training-run';

const TITLES: Record<BackendName, string> = {
  'mnist-wasm': 'mnist-wasm: WebAssembly, this project',
  wasm: 'wasm: WebAssembly, of TensorFlow.js',
  cpu: 'cpu: plain JavaScript',
  webgl: 'webgl: the graphics processor',
};

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
      announcement.value = `The backend is ${name}.`;
    });

  const level = backend.value?.featureLevel;
  return (
    <div class="field backend-picker">
      <label for="backend">Backend</label>
      <select
        id="backend"
        aria-describedby="backend-notes"
        value={backend.value?.name}
        disabled={busy.value}
        onChange={(event) => choose(event.currentTarget.value as BackendName)}
      >
        {BACKENDS.map((name) => (
          <option key={name} value={name}>
            {TITLES[name]}
          </option>
        ))}
      </select>
      <p class="soft" id="backend-notes">
        {level === 'relaxed' && 'Runs at the level relaxed: the fastest instructions that browsers have.'}
        {level === 'simd' && 'Runs at the level simd: this browser has no relaxed SIMD.'} {threadsInUse()}
        {missing.value && `It can use this model, but not train it: it has no ${missing.value}.`}
      </p>
    </div>
  );
}

function threadsInUse(): string | undefined {
  if (threads.value === undefined) return undefined;
  const sentence = `${capitalised(threadsInWords(threads.value))} compute${threads.value === 1 ? 's' : ''}`;
  if (threads.value > 1 || backend.value?.name !== 'mnist-wasm') return `${sentence}.`;
  const reason = whyOneThread();
  if (reason) return `${sentence}: ${reason}.`;
  return progress.value ? `${sentence}.` : `${sentence} until the first training, which has others start.`;
}
