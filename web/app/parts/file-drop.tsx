import './file-drop.css';
import {useSignal} from '@preact/signals';
import {useId} from 'preact/hooks';

interface Props {
  label: string;
  hint: string;
  /** As of an input: endings with commas. */
  accept: string;
  disabled: boolean;
  onFiles(files: File[]): void;
}

/** Takes files by a button, and those that are dropped on it. */
export function FileDrop({label, hint, accept, disabled, onFiles}: Props) {
  const over = useSignal(false);
  const hintId = useId();
  const take = (files: FileList | null | undefined) => {
    if (!disabled && files && files.length > 0) onFiles([...files]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button in it is the one for all.
    <div
      class={over.value ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        // Without that the browser would leave the page for the file.
        event.preventDefault();
        over.value = !disabled;
      }}
      onDragLeave={() => {
        over.value = false;
      }}
      onDrop={(event) => {
        event.preventDefault();
        over.value = false;
        take(event.dataTransfer?.files);
      }}
    >
      <label class={disabled ? 'button disabled' : 'button'}>
        {label}
        <input
          type="file"
          multiple
          class="visually-hidden"
          accept={accept}
          disabled={disabled}
          aria-describedby={hintId}
          onChange={({currentTarget}) => {
            take(currentTarget.files);
            // The same files can be chosen again.
            currentTarget.value = '';
          }}
        />
      </label>
      <p id={hintId} class="soft">
        {hint}
      </p>
    </div>
  );
}
