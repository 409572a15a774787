import './model.css';
import {useId} from 'preact/hooks';
import {capitalised, count} from '../../../common/format';
import {texts} from '../../texts';
import {titleOf} from '../inside/words';
import {chooseModel, chooseNetwork} from '../model-choice';
import {NetworkEditor} from '../network/editor';
import {BackendPicker} from '../parts/backend-picker';
import {Scroll} from '../parts/scroll';
import {Section} from '../parts/section';
import {activity, choice, model, network, recipes} from '../store';

/** Which network: a recipe, its variant, and what it is made of. */
export function ModelSection() {
  const idle = activity.value === 'idle';
  const recipe = recipes.value.find(({name}) => name === choice.value?.recipe);
  return (
    <Section id="model" title={texts.network.title}>
      <div class="controls">
        <Select
          label={texts.network.choose}
          value={choice.value?.recipe ?? ''}
          options={recipes.value}
          disabled={!idle}
          onChange={(name) => chooseModel({recipe: name, model: firstModel(name)})}
        />
        {recipe && recipe.models.length > 1 && (
          <Select
            label={texts.network.variant}
            value={choice.value?.model ?? ''}
            options={recipe.models}
            disabled={!idle}
            onChange={(name) => chooseModel({recipe: recipe.name, model: name})}
          />
        )}
        <button type="button" disabled={!idle || !(choice.value || network.value)} onClick={beginAnew}>
          {texts.network.anew}
        </button>
      </div>
      {recipe && <p class="soft">{capitalised(recipe.summary)}.</p>}
      <BackendPicker />
      <Structure />
      <NetworkEditor />
    </Section>
  );
}

function beginAnew(): void {
  if (choice.value) chooseModel(choice.value);
  else if (network.value) chooseNetwork(network.value);
}

function firstModel(recipe: string): string {
  return recipes.value.find(({name}) => name === recipe)?.models[0].name ?? '';
}

interface SelectProps {
  label: string;
  value: string;
  options: {name: string; title: string}[];
  disabled: boolean;
  onChange(name: string): void;
}

function Select({label, value, options, disabled, onChange}: SelectProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} disabled={disabled} onChange={({currentTarget}) => onChange(currentTarget.value)}>
        {value === '' && (
          <option value="">{network.value ? texts.network.own(network.value.name) : texts.network.fromFile}</option>
        )}
        {options.map(({name, title}) => (
          <option key={name} value={name}>
            {capitalised(title)}
          </option>
        ))}
      </select>
    </div>
  );
}

function Structure() {
  if (!model.value) return null;
  const {layers, parameters} = model.value;
  return (
    <details>
      <summary>{texts.network.summary(layers.length, parameters)}</summary>
      <Scroll label={texts.network.table}>
        <table>
          <thead>
            <tr>
              <th scope="col">{texts.network.layer}</th>
              <th scope="col">{texts.network.output}</th>
              <th scope="col" class="number">
                {texts.network.weightsOf}
              </th>
            </tr>
          </thead>
          <tbody>
            {layers.map(({name, type, outputShape, parameters: weights}) => (
              <tr key={name}>
                <th scope="row">{titleOf({type})}</th>
                <td>{outputShape.join(' × ')}</td>
                <td class="number">{weights === 0 ? '–' : count(weights)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}
