import type {SumPart, UnitView, WeightedSum} from '../../lab/inside/types';
import {texts} from '../../texts';
import {largest} from '../parts/paint';
import {NumberGrid} from './number-grid';
import {activationInWords, number, sourceInWords} from './words';

/** How the value of a unit comes about, in numbers. */
export function Working({unit}: {unit: UnitView}) {
  const {sum, pooled, value} = unit;
  if (sum) return <Sum unit={unit} sum={sum} />;
  if (!pooled) return <p class="soft">{texts.inside.value(number(value, 3))}</p>;
  return (
    <div class="working">
      <div class="part">
        <NumberGrid picture={pooled} most={largest([pooled])} />
        <span>{unit.type.startsWith('Max') ? texts.inside.largest : texts.inside.mean}</span>
        <b>= {number(value, 3)}</b>
      </div>
    </div>
  );
}

function Sum({unit, sum}: {unit: UnitView; sum: WeightedSum}) {
  const {parts, rest, bias, total} = sum;
  const isChannel = unit.place !== undefined;
  const [mostInput, mostWeight] = [
    largest(parts.map(({inputs}) => inputs)),
    largest(parts.map(({weights}) => weights)),
  ];
  return (
    <div class="working">
      <p class="soft">{isChannel ? texts.inside.patch(rest.count > 0) : texts.inside.values(rest.count > 0)}</p>
      <ul>
        {parts.map((part) => (
          <Part
            key={part.from}
            part={part}
            source={sourceInWords(unit, part.from, isChannel)}
            mostInput={mostInput}
            mostWeight={mostWeight}
          />
        ))}
      </ul>
      <dl>
        {rest.count > 0 && <Line name={texts.inside.others(rest.count)} value={rest.sum} id="rest" />}
        <Line name={texts.inside.bias} value={bias} id="bias" />
        <Line name={texts.inside.sum} value={total} id="total" />
        <Line name={activationInWords(unit)} value={unit.value} id="value" />
      </dl>
    </div>
  );
}

interface PartProps {
  part: SumPart;
  source: string;
  mostInput: number;
  mostWeight: number;
}

function Part({part, source, mostInput, mostWeight}: PartProps) {
  return (
    <li class="part">
      <span class="source soft">{source}</span>
      <NumberGrid picture={part.inputs} most={mostInput} />
      <span>×</span>
      <NumberGrid picture={part.weights} most={mostWeight} />
      <b>
        = <span class="part-sum">{number(part.sum, 3)}</span>
      </b>
    </li>
  );
}

function Line({name, value, id}: {name: string; value: number; id: string}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd data-line={id}>{number(value, 3)}</dd>
    </div>
  );
}
