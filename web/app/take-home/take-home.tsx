import './take-home.css';
import {type Signal, useSignal, useSignalEffect} from '@preact/signals';
import type {FileFormat, ModelFile} from '../../lab/models/types';
import {type CompileWishes, MOST_PARAMETERS} from '../../lab/take-home/types';
import {texts} from '../../texts';
import {lab} from '../lab';
import {Choice} from '../network/fields';
import {copied} from '../parts/copied';
import {download} from '../parts/download';
import {Scroll} from '../parts/scroll';
import {activity, announcement, busy, during, model, modelVersion} from '../store';
import {type Format, LINES} from './lines';

const FORMATS = Object.keys(LINES) as Format[];
/** Of the files, until the worker has told. */
const NAME = 'model';
/** What is said of compiling, which its buttons refer to. */
const NOTE = 'take-home-note';

type Compiled = Exclude<Format, FileFormat>;
const isCompiled = (format: Format): format is Compiled => format === 'module' || format === 'page';

/** The network as files, and the lines that load each. */
export function TakeHome() {
  const name = useSignal(NAME);
  const wishes = useSignal<CompileWishes>({level: 'simd', weights: 'float32'});
  const said = useSignal('');
  useSignalEffect(() => {
    // Asked again with each model, when the worker is free to answer.
    if (modelVersion.value < 0 || activity.value !== 'idle') return;
    lab.fileStem().then((stem) => {
      name.value = stem;
    });
  });
  useSignalEffect(() => {
    modelVersion.value;
    said.value = '';
  });
  const parameters = model.value?.parameters ?? 0;
  const tooLarge = parameters > MOST_PARAMETERS ? texts.takeHome.tooLarge(parameters, MOST_PARAMETERS) : undefined;
  const save = (format: Format) =>
    !isCompiled(format)
      ? during('loading', async () => finish(await lab.writeModel(format)))
      : during('compiling', async () => {
          const {module, page, bytes, seconds} = await lab.compile(wishes.peek());
          said.value = texts.takeHome.compiled(bytes, seconds);
          finish(format === 'module' ? module : [page]);
        });
  return (
    <div class="take-home">
      <h3>{texts.takeHome.title}</h3>
      <p class="soft">{texts.takeHome.explained}</p>
      <ul>
        {FORMATS.map((format) => (
          <li key={format}>
            <FormatCard
              format={format}
              name={name.value}
              refused={isCompiled(format) && tooLarge !== undefined}
              save={() => save(format)}
            />
          </li>
        ))}
      </ul>
      <div class="controls">
        <Wish wishes={wishes} wish="weights" titles={texts.takeHome.weightFormats} />
        <Wish wishes={wishes} wish="level" titles={texts.takeHome.levels} />
      </div>
      <p class="soft" id={NOTE}>
        {tooLarge ?? (said.value || texts.takeHome.compilerNote)}
      </p>
    </div>
  );
}

function finish(files: readonly ModelFile[]): void {
  for (const file of files) download(file);
  announcement.value = texts.keep.saved(files.map(({name}) => name));
}

interface FormatCardProps {
  format: Format;
  name: string;
  /** The network is too large for it. */
  refused: boolean;
  save(): void;
}

function FormatCard({format, name, refused, save}: FormatCardProps) {
  const {title, button, note} = texts.takeHome.formats[format];
  const said = useSignal('');
  const lines = LINES[format]?.(name);
  return (
    <>
      <h4>{title}</h4>
      <p class="soft">{note}</p>
      <p class="buttons">
        <button
          type="button"
          disabled={busy.value || refused}
          aria-describedby={isCompiled(format) ? NOTE : undefined}
          onClick={save}
        >
          {button}
        </button>
        {lines && (
          <button
            type="button"
            aria-label={`${texts.takeHome.copyLines}: ${title}`}
            onClick={async () => {
              said.value = await copied(lines, texts.takeHome.linesCopied);
            }}
          >
            {texts.takeHome.copyLines}
          </button>
        )}
        <span class="soft">{lines ? said.value : texts.takeHome.opens}</span>
      </p>
      {lines && (
        <Scroll label={texts.takeHome.loads(title)}>
          <pre data-format={format}>{lines}</pre>
        </Scroll>
      )}
    </>
  );
}

interface WishProps<Wish extends keyof CompileWishes> {
  wishes: Signal<CompileWishes>;
  wish: Wish;
  titles: Readonly<Record<CompileWishes[Wish], string>>;
}

function Wish<Name extends keyof CompileWishes>({wishes, wish, titles}: WishProps<Name>) {
  return (
    <Choice
      label={texts.takeHome[wish]}
      value={wishes.value[wish]}
      options={Object.keys(titles)}
      titles={titles}
      disabled={busy.value}
      onChange={(value) => {
        wishes.value = {...wishes.value, [wish]: value};
      }}
    />
  );
}
