import './data.css';
import {useSignal, useSignalEffect} from '@preact/signals';
import {MIRRORS, MNIST_FILES} from '../../../src/mnist/files';
import type {DataChoice, DataInfo, Digit} from '../../lab/types';
import {texts} from '../../texts';
import {chooseData, forgetKept, mirror, progress} from '../data-choice';
import {lab} from '../lab';
import {DigitPicture} from '../parts/digit-picture';
import {FileDrop} from '../parts/file-drop';
import {Section} from '../parts/section';
import {busy, data, sample, tell} from '../store';

/** Whole rows of 12 or 6. */
const SAMPLES = 36;

const PARTS = ['trainImages', 'trainLabels', 'testImages', 'testLabels'] as const;
const FILES = PARTS.map((part) => ({title: texts.data.files[part], name: MNIST_FILES[part].name}));

/** The images that it learns from: which, some of them, and others. */
export function DataSection() {
  return (
    <Section id="data" title={texts.data.title}>
      <InUse />
      <Download />
      <Samples />
      <Others />
    </Section>
  );
}

function InUse() {
  const info = data.value;
  return (
    <p class="in-use">
      {info ? (
        <>
          <b>{titleOf(info)}</b>
          {texts.data.sizes(info.train, info.test)} <span class="soft">{whereFrom(info)}</span>
        </>
      ) : (
        texts.data.loading
      )}
    </p>
  );
}

function titleOf({source}: DataInfo): string {
  const {titles} = texts.data;
  return source === 'digits' || source === 'files' ? titles[source] : titles.mnist;
}

function whereFrom({source, kept}: DataInfo): string {
  const {from} = texts.data;
  if (source === 'digits' || source === 'files') return from[source];
  return kept ? from.kept : from.notKept;
}

function Download() {
  if (!progress.value) return null;
  const {file, received, total} = progress.value;
  const {title} = FILES.find(({name}) => name === file) ?? {title: file};
  return (
    <div class="download">
      <progress value={total && received} max={total} aria-label={texts.data.download(title)} />
      <p class="soft">{texts.data.downloading(title, received, total)}</p>
    </div>
  );
}

function Samples() {
  const seed = useSignal(1);
  const samples = useSignal<Digit[]>([]);
  useSignalEffect(() => {
    // Asked again for each data set.
    if (data.value) lab.samples(SAMPLES, seed.value).then((digits) => (samples.value = digits), tell);
  });
  // There before the images are, so that nothing moves when they come.
  const places = Array.from({length: SAMPLES}, (_, i): Digit | undefined => samples.value[i]);
  return (
    <>
      <ul class="samples" aria-label={texts.data.samples}>
        {places.map((digit, i) => (
          <li key={String(i)}>
            <button
              type="button"
              class="sample"
              disabled={!digit}
              aria-pressed={digit !== undefined && digit === sample.value}
              onClick={() => {
                sample.value = digit;
              }}
            >
              {digit ? <DigitPicture pixels={digit.pixels} label={texts.data.show} /> : <span class="no-picture" />}
              {digit?.label ?? '–'}
            </button>
          </li>
        ))}
      </ul>
      <p class="more">
        <button type="button" disabled={!data.value} onClick={() => seed.value++}>
          {texts.data.others}
        </button>
        <span class="soft">{texts.data.press}</span>
      </p>
    </>
  );
}

/** What else could be used. */
function Others() {
  return (
    <details class="others">
      <summary>{texts.data.choose}</summary>
      <ul class="choices">
        <Choice choice={mnistChoice()} title={texts.data.mnist} inUse={isMnist(data.value)}>
          {texts.data.mnistIs(whereMnistIs())}
        </Choice>
        <Choice choice={{from: 'digits'}} title={texts.data.digits} inUse={data.value?.source === 'digits'}>
          {texts.data.digitsAre}
        </Choice>
      </ul>
      {data.value?.kept && (
        <button type="button" disabled={busy.value} onClick={forgetKept}>
          {texts.data.forget}
        </button>
      )}
      <FileDrop
        label={texts.data.pick}
        hint={texts.data.pickHint}
        accept=""
        disabled={busy.value}
        onFiles={(files) => chooseData({from: 'files', files})}
      />
      <p class="soft">
        {texts.data.toDownload}{' '}
        {FILES.map(({name, title}, i) => (
          <>
            {i > 0 && ', '}
            <a key={name} href={`${MIRRORS[0]}${name}.gz`}>
              {title}
            </a>
          </>
        ))}
        .
      </p>
    </details>
  );
}

function isMnist(info: DataInfo | undefined): boolean {
  return info?.source === 'cache' || info?.source === 'download';
}

function mnistChoice(): DataChoice {
  // This one takes what is kept too, and mends it.
  if (mirror.value) return {from: 'server', mirror: mirror.value};
  return {from: data.value?.kept ? 'kept' : 'internet'};
}

function whereMnistIs(): string {
  if (data.value?.kept) return texts.data.where.kept;
  return mirror.value ? texts.data.where.server : texts.data.where.internet;
}

interface ChoiceProps {
  choice: DataChoice;
  title: string;
  inUse: boolean;
  children: preact.ComponentChildren;
}

function Choice({choice, title, inUse, children}: ChoiceProps) {
  return (
    <li>
      <button type="button" disabled={busy.value} aria-pressed={inUse} onClick={() => chooseData(choice)}>
        {title}
      </button>
      <span>
        {children}
        {inUse && <b>{texts.data.inUse}</b>}
      </span>
    </li>
  );
}
