import {useId} from 'preact/hooks';

interface Props {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number | 'any';
  disabled: boolean;
  /** Called with what was typed, once it is a number; the form refuses what is out of range. */
  onChange(value: number): void;
}

/** A number to type, with its label. */
export function NumberField({label, value, onChange, ...limits}: Props) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="number"
        required
        value={value}
        {...limits}
        onInput={({currentTarget}) => {
          if (!Number.isNaN(currentTarget.valueAsNumber)) onChange(currentTarget.valueAsNumber);
        }}
      />
    </div>
  );
}
