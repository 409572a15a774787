import {type Signal, useSignal} from '@preact/signals';
import {useEffect, useRef} from 'preact/hooks';
import type {KeptModel} from '../../lab/models/types';
import {texts} from '../../texts';
import {keptModels} from '../kept';
import {lab} from '../lab';
import {announcement, busy, during} from '../store';

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
  const deleting = useSignal<string | undefined>(undefined);
  const list = useRef<HTMLUListElement>(null);
  const remove = (model: KeptModel) =>
    during('loading', async () => {
      await lab.removeKept(model.name);
      deleting.value = undefined;
      announcement.value = texts.keep.deleted(model.name);
      list.current?.focus();
    });
  const replaces = keptModels.value.some((model) => model.name === (name.value.trim() || suggestion));
  return (
    <>
      <form
        class="keep-form"
        onSubmit={(event) => {
          event.preventDefault();
          keep();
        }}
      >
        <label for="keep-name">{texts.keep.name}</label>
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
          {replaces ? texts.keep.replace : texts.keep.keep}
        </button>
        {replaces && <p class="soft">{texts.keep.replaces}</p>}
      </form>
      <ul class="kept" ref={list} tabIndex={-1} aria-label={texts.keep.list}>
        {keptModels.value.map((model) => (
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
                  aria-label={texts.keep.loadOf(model.name)}
                  onClick={() => open(model.name)}
                >
                  {texts.keep.load}
                </button>
                <button
                  type="button"
                  disabled={busy.value}
                  aria-label={texts.keep.deleteOf(model.name)}
                  onClick={() => {
                    deleting.value = model.name;
                  }}
                >
                  {texts.keep.delete}
                </button>
              </p>
            )}
          </li>
        ))}
      </ul>
      {keptModels.value.length === 0 && <p class="soft">{texts.keep.none}</p>}
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
        aria-label={texts.keep.forGoodOf(name)}
        onClick={onConfirm}
      >
        {texts.keep.forGood}
      </button>
      <button type="button" ref={cancel} aria-label={texts.keep.noOf(name)} onClick={onCancel}>
        {texts.keep.no}
      </button>
    </p>
  );
}

function describe({automatic, title, saved, bytes, accuracy}: KeptModel): string {
  const parts = [texts.keep.when(saved), texts.keep.fileSize(bytes)];
  if (automatic) parts.unshift(title);
  if (accuracy !== undefined) parts.push(texts.keep.right(accuracy));
  return parts.join(' · ');
}
