import {useId, useLayoutEffect, useRef} from 'preact/hooks';

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

/**
 * A number to type, with its label. What is being typed stays: '0.' on the way to 0.01 is the number 0, and written as
 * that would lose its point.
 */
export function NumberField({label, value, onChange, ...limits}: Props) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  // With the drawing itself: later, more may have been typed.
  useLayoutEffect(() => {
    const field = input.current as HTMLInputElement;
    const isBeingTyped = document.activeElement === field && Number.isNaN(field.valueAsNumber);
    if (field.valueAsNumber !== value && !isBeingTyped) field.value = String(value);
  }, [value]);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        ref={input}
        id={id}
        type="number"
        required
        {...limits}
        onInput={({currentTarget}) => {
          if (!Number.isNaN(currentTarget.valueAsNumber)) onChange(currentTarget.valueAsNumber);
        }}
      />
    </div>
  );
}
