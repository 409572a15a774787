import {existsSync} from 'node:fs';
import {messageOf} from '../../common/errors';
import {median} from '../../common/statistics';
import {OF_MODEL} from '../measure';
import {SUBJECT_IN_CHROMIUM} from '../subject';
import {threadsOfRun} from '../threads';
import {findPackage} from './installed';
import {chromiumVersion, PAGE, withLitertPage} from './litert-browser';
import type {Contestant, LitertCase} from './litert-page';
import type {Milliseconds, Peer} from './peer';

const NAME = 'litert';
const ROUNDS = 7;
/** Of each contestant in a round; before the first it is warmed up. */
const ROUND = {warmUpMs: 0, measureMs: 400};
/** By which probabilities may differ. */
const TOLERANCE = 1e-4;

/** LiteRT.js, which runs in browsers alone: in Chromium, and the subject beside it in the same page. */
export function litertPeer(): Peer {
  return {
    name: NAME,
    columns: [SUBJECT_IN_CHROMIUM, NAME],
    async find() {
      const found = findPackage('@litertjs/core');
      if ('missing' in found) return found;
      if (!existsSync(PAGE)) return {missing: 'it runs in a checkout of the project, in its root'};
      try {
        return {version: `${found.version} in Chromium ${await chromiumVersion()}`};
      } catch (error) {
        return {missing: messageOf(error)};
      }
    },
    async benchModel({model, task, batch}): Promise<Milliseconds> {
      if (task !== 'inference') return {};
      const {subject, litert} = await timeBoth({model, batch, threads: threadsOfRun()});
      return {[SUBJECT_IN_CHROMIUM]: subject, [NAME]: litert};
    },
  };
}

/** In rounds one after another, so that what the machine does meanwhile meets both. */
function timeBoth(litertCase: LitertCase): Promise<Record<Contestant, number>> {
  return withLitertPage(async ({prepare, measure}) => {
    assertSame(await prepare(litertCase), litertCase);
    const contestants: readonly Contestant[] = ['subject', 'litert'];
    const rounds: Record<Contestant, number[]> = {subject: [], litert: []};
    for (const contestant of contestants) await measure(contestant, OF_MODEL);
    for (let round = 0; round < ROUNDS; round++) {
      for (const contestant of contestants) rounds[contestant].push(await measure(contestant, ROUND));
    }
    return {subject: median(rounds.subject), litert: median(rounds.litert)};
  });
}

/** @throws Error where the two do not predict the same */
export function assertSame({subject, litert}: Record<Contestant, number[]>, {model, batch}: LitertCase): void {
  const difference = subject.reduce((most, value, i) => Math.max(most, Math.abs(value - litert[i])), 0);
  if (subject.length === litert.length && difference <= TOLERANCE) return;
  throw new Error(
    `${model}, batch ${batch}: predicts [${litert.slice(0, 10)} ...] instead of [${subject.slice(0, 10)} ...]`,
  );
}
