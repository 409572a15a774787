import {type Signal, useSignal, useSignalEffect} from '@preact/signals';
import {useEffect, useRef} from 'preact/hooks';
import {percent} from '../../../common/format';
import type {KeptModel} from '../../lab/models/types';
import {lab} from '../lab';
import {activity, announcement, busy, during} from '../store';

interface Props {
  open(name: string): void;
  /** What is typed as the name of the next model to keep. */
  name: Signal<string>;
  /** Its name where nothing is typed. */
  suggestion: string;
  keep(): void;
  /** Whether there is a model to keep. */
  ready: boolean;
}

/** The models in the browser's storage, and the form that adds the one in use. */
export function KeptModels({open, name, suggestion, keep, ready}: Props) {
  const models = useSignal<readonly KeptModel[]>([]);
  const deleting = useSignal<string | undefined>(undefined);
  const list = useRef<HTMLUListElement>(null);
  useSignalEffect(() => {
    // Whatever has just ended may have changed them.
    if (activity.value !== 'idle') return;
    lab.keptModels().then((kept) => {
      models.value = kept;
    });
  });
  const remove = (model: KeptModel) =>
    during('loading', async () => {
      await lab.removeKept(model.name);
      deleting.value = undefined;
      announcement.value = `${model.name} is deleted.`;
      list.current?.focus();
    });
  const replaces = models.value.some((model) => model.name === (name.value.trim() || suggestion));
  return (
    <>
      <form
        class="keep-form"
        onSubmit={(event) => {
          event.preventDefault();
          keep();
        }}
      >
        <label for="keep-name">Name</label>
        <input
          id="keep-name"
          type="text"
          maxLength={60}
          autocomplete="off"
          placeholder={suggestion}
          value={name.value}
          onInput={({currentTarget}) => {
            name.value = currentTarget.value;
          }}
        />
        <button type="submit" disabled={busy.value || !ready}>
          {replaces ? 'Replace' : 'Keep'}
        </button>
        {replaces && <p class="soft">A model of that name is kept already; it would be replaced.</p>}
      </form>
      <ul class="kept" ref={list} tabIndex={-1} aria-label="Models in this browser">
        {models.value.map((model) => (
          <li key={model.name}>
            <div>
              <strong>{model.name}</strong>
              <span class="soft">{describe(model)}</span>
            </div>
            {deleting.value === model.name ? (
              <Confirm
                name={model.name}
                onConfirm={() => remove(model)}
                onCancel={() => {
                  deleting.value = undefined;
                }}
              />
            ) : (
              <p class="buttons">
                <button
                  type="button"
                  disabled={busy.value}
                  aria-label={`Load ${model.name}`}
                  onClick={() => open(model.name)}
                >
                  Load
                </button>
                <button
                  type="button"
                  disabled={busy.value}
                  aria-label={`Delete ${model.name}`}
                  onClick={() => {
                    deleting.value = model.name;
                  }}
                >
                  Delete
                </button>
              </p>
            )}
          </li>
        ))}
      </ul>
      {models.value.length === 0 && <p class="soft">Nothing is kept yet.</p>}
    </>
  );
}

/** Deleting cannot be undone: asked for twice, the second time with the harmless answer in focus. */
function Confirm({name, onConfirm, onCancel}: {name: string; onConfirm(): void; onCancel(): void}) {
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => cancel.current?.focus(), []);
  return (
    <p class="buttons">
      <button
        type="button"
        class="danger"
        disabled={busy.value}
        aria-label={`Delete for good: ${name}`}
        onClick={onConfirm}
      >
        Delete for good
      </button>
      <button type="button" ref={cancel} aria-label={`No, keep ${name}`} onClick={onCancel}>
        No
      </button>
    </p>
  );
}

function describe({automatic, title, saved, bytes, accuracy}: KeptModel): string {
  const parts = [
    saved.toLocaleString(undefined, {dateStyle: 'medium', timeStyle: 'short'}),
    bytes < 1e5 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`,
  ];
  if (automatic) parts.unshift(title);
  if (accuracy !== undefined) parts.push(`${percent(accuracy)} right`);
  return parts.join(' · ');
}
