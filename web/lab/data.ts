/** The images: from where the page wants them, samples of them, and what the browser keeps. */
import {
  builtInDigits,
  type GivenFile,
  type LoadOptions,
  loadMnist,
  type MnistData,
  MnistError,
  mnistFromFiles,
} from 'mnist-wasm/mnist';
import {randomIndices} from '../../recipes';
import {texts} from '../texts';
import type {DataChoice, DataInfo, DataProgress, Digit} from './types';

/** Where loadMnist keeps downloads. */
const CACHE = 'mnist-wasm';
/** Images and labels, for training and for the test. */
const PARTS = 4;
/** Milliseconds between two reports. */
const REPORT_INTERVAL = 100;

/**
 * Loads what was chosen, and nothing else.
 * @throws Error that says to people what they can do.
 */
export async function loadData(
  choice: DataChoice,
  onProgress: (progress: DataProgress) => void = () => {},
): Promise<MnistData> {
  const download: LoadOptions = {download: true, onProgress: seldom(onProgress)};
  switch (choice.from) {
    case 'best':
      return choice.mirror ? loadMnist({...download, mirrors: [choice.mirror]}) : loadMnist();
    case 'server':
      return loadMnist({...download, mirrors: [choice.mirror]});
    case 'internet':
      return loadMnist(download).catch(explainCors);
    case 'kept':
      return loadKept();
    case 'files':
      return mnistFromFiles(await Promise.all(choice.files.map(readFile)));
    case 'digits':
      return builtInDigits();
  }
}

async function loadKept(): Promise<MnistData> {
  const data = await loadMnist().catch((error: unknown) => {
    if (!(error instanceof MnistError)) throw error;
    throw new Error(texts.data.damaged, {cause: error});
  });
  if (data.source !== 'cache') throw new Error(texts.data.notThere);
  return data;
}

/** A browser does not tell scripts whether it was the network or the other site's rules. */
function explainCors(error: unknown): never {
  if (!(error instanceof MnistError)) throw error;
  throw new Error(texts.data.refused, {cause: error});
}

async function readFile(file: File): Promise<GivenFile> {
  return {name: file.name, bytes: new Uint8Array(await file.arrayBuffer())};
}

/** As often as the page can show it; the first and the last of each file in any case. */
function seldom(report: (progress: DataProgress) => void): (progress: DataProgress) => void {
  let last = {file: '', at: 0};
  return (progress) => {
    const now = performance.now();
    if (progress.file === last.file && progress.received !== progress.total && now - last.at < REPORT_INTERVAL) return;
    last = {file: progress.file, at: now};
    report(progress);
  };
}

export async function describeData({source, description, train, test}: MnistData): Promise<DataInfo> {
  return {source, description, train: train.size, test: test.size, kept: await isKept()};
}

/** Random training images; the same seed gives the same. */
export function samplesOf({train}: MnistData, count: number, seed: number): Digit[] {
  const pixels = train.images.length / train.size;
  return randomIndices(train, count, seed).map((i) => ({
    pixels: train.images.slice(i * pixels, (i + 1) * pixels),
    label: train.labels[i],
  }));
}

/** Lets go of MNIST in this browser. */
export async function forgetKept(): Promise<void> {
  if ('caches' in globalThis) await caches.delete(CACHE);
}

/** Whether the browser keeps all of MNIST. */
async function isKept(): Promise<boolean> {
  if (!('caches' in globalThis)) return false;
  try {
    // Opening one that is not there would make it.
    return (await caches.has(CACHE)) && (await (await caches.open(CACHE)).keys()).length === PARTS;
  } catch {
    // Refused in private windows of some browsers.
    return false;
  }
}
