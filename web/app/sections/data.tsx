import './data.css';
import {useSignal, useSignalEffect} from '@preact/signals';
import {count} from '../../../common/format';
import {MIRRORS, MNIST_FILES} from '../../../src/mnist/files';
import type {DataChoice, DataInfo, Digit} from '../../lab/types';
import {chooseData, forgetKept, mirror, progress} from '../data-choice';
import {lab} from '../lab';
import {DigitPicture} from '../parts/digit-picture';
import {FileDrop} from '../parts/file-drop';
import {Section} from '../parts/section';
import {busy, data, sample, tell} from '../store';

/** Whole rows of 12 or 6. */
const SAMPLES = 36;

const FILES = [
  {title: 'training images', ...MNIST_FILES.trainImages},
  {title: 'training labels', ...MNIST_FILES.trainLabels},
  {title: 'test images', ...MNIST_FILES.testImages},
  {title: 'test labels', ...MNIST_FILES.testLabels},
];

/** The images that it learns from: which, some of them, and others. */
export function DataSection() {
  return (
    <Section id="data" title="The images that it learns from">
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
          <b>{titleOf(info)}</b>: {count(info.train)} images to learn from, {count(info.test)} for the test.{' '}
          <span class="soft">{whereFrom(info)}</span>
        </>
      ) : (
        'Loading images …'
      )}
    </p>
  );
}

function titleOf({source}: DataInfo): string {
  if (source === 'digits') return 'Built-in digits, not MNIST';
  return source === 'files' ? 'Your files' : 'MNIST';
}

function whereFrom({source, kept}: DataInfo): string {
  if (source === 'digits') return 'This page draws them, as a pen would.';
  if (source === 'files') return 'They stay on this device, until the page is closed.';
  return kept
    ? 'Kept in this browser: it is here without a network too.'
    : 'This browser keeps it only until the page is closed.';
}

function Download() {
  if (!progress.value) return null;
  const {file, received, total} = progress.value;
  const {title} = FILES.find(({name}) => name === file) ?? {title: file};
  return (
    <div class="download">
      <progress value={total && received} max={total} aria-label={`Download of the ${title}`} />
      <p class="soft">
        Downloading the {title}: {megabytes(received)}
        {total ? ` of ${megabytes(total)}` : ''} MB
      </p>
    </div>
  );
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
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
      <ul class="samples" aria-label="Some of the images">
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
              {digit ? (
                <DigitPicture pixels={digit.pixels} label="Show the network this" />
              ) : (
                <span class="no-picture" />
              )}
              {digit?.label ?? '–'}
            </button>
          </li>
        ))}
      </ul>
      <p class="more">
        <button type="button" disabled={!data.value} onClick={() => seed.value++}>
          Other samples
        </button>
        <span class="soft">Press one to show it to the network.</span>
      </p>
    </>
  );
}

/** What else could be used. */
function Others() {
  return (
    <details class="others">
      <summary>Use other images</summary>
      <ul class="choices">
        <Choice choice={mnistChoice()} title="MNIST" inUse={isMnist(data.value)}>
          70,000 digits that people wrote, {whereMnistIs()}
        </Choice>
        <Choice choice={{from: 'digits'}} title="Built-in digits" inUse={data.value?.source === 'digits'}>
          24,000 digits that this page draws: nothing to download
        </Choice>
      </ul>
      {data.value?.kept && (
        <button type="button" disabled={busy.value} onClick={forgetKept}>
          Remove MNIST from this browser (55 MB)
        </button>
      )}
      <FileDrop
        label="Choose four files"
        hint="The four files of MNIST, or of other images in the same form, all at once: plain or .gz. Or drop them here."
        accept=""
        disabled={busy.value}
        onFiles={(files) => chooseData({from: 'files', files})}
      />
      <p class="soft">
        MNIST to download:{' '}
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
  if (data.value?.kept) return 'kept in this browser';
  return mirror.value ? 'from this server: 11 MB' : 'from the internet, where that is allowed to a page: 11 MB';
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
        {inUse && <b> – in use</b>}
      </span>
    </li>
  );
}
