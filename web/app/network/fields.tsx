import {useId} from 'preact/hooks';
import {fieldTitle} from '../../network/fields';
import type {Rule} from '../../network/rules';
import {texts} from '../../texts';
import {NumberField} from '../parts/number-field';

interface Props<Values extends object> {
  rules: Readonly<Record<string, Rule>>;
  values: Values;
  disabled: boolean;
  onChange(values: Values): void;
}

/** One field for each value that can be set. */
export function Fields<Values extends object>({rules, values, disabled, onChange}: Props<Values>) {
  return (
    <>
      {Object.entries(rules).map(([name, rule]) => {
        const value = (values as Record<string, unknown>)[name];
        const set = (changed: number | string) => onChange({...values, [name]: changed});
        return rule.type === 'number' ? (
          <NumberField
            key={name}
            label={fieldTitle(name, rule)}
            value={value as number}
            min={rule.min}
            max={rule.max}
            step={rule.whole ? 1 : 'any'}
            disabled={disabled}
            onChange={set}
          />
        ) : (
          <Choice
            key={name}
            label={fieldTitle(name, rule)}
            value={value as string}
            options={rule.options}
            titles={texts.network.options}
            disabled={disabled}
            onChange={set}
          />
        );
      })}
    </>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  options: readonly string[];
  titles: Readonly<Record<string, string>>;
  disabled: boolean;
  onChange(value: string): void;
}

/** A list to choose from, with its label. */
export function Choice({label, value, options, titles, disabled, onChange}: ChoiceProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} disabled={disabled} onChange={({currentTarget}) => onChange(currentTarget.value)}>
        {options.map((option) => (
          <option key={option} value={option}>
            {titles[option]}
          </option>
        ))}
      </select>
    </div>
  );
}
