import {texts} from '../texts';
import {Contents} from './parts/contents';
import {Dock} from './parts/dock';
import {later} from './parts/later';
import {BreakSection} from './sections/break';
import {DataSection} from './sections/data';
import {DrawSection} from './sections/draw';
import {InsideSection} from './sections/inside';
import {MistakesSection} from './sections/mistakes';
import {ModelSection} from './sections/model';
import {TrainingSection} from './sections/training';
import {announcement, problem} from './store';

const CompareSection = later(
  'compare',
  texts.compare.title,
  async () => (await import('./sections/compare')).CompareSection,
);
const OwnSection = later('own', texts.own.title, async () => (await import('./sections/own')).OwnSection);
const RaceSection = later('race', texts.race.title, async () => (await import('./sections/race')).RaceSection);
const KeepSection = later('keep', texts.keep.title, async () => (await import('./sections/keep')).KeepSection);

export function App() {
  return (
    <>
      <header class="top">
        <h1>{texts.page.title}</h1>
        <p class="soft">{texts.page.intro}</p>
      </header>
      <Contents />
      <main>
        {problem.value && (
          <p class="problem" role="alert">
            {problem.value}
          </p>
        )}
        <div class="columns">
          <div class="stage">
            <DrawSection />
          </div>
          <div class="column">
            <TrainingSection />
            <InsideSection />
            <MistakesSection />
            <BreakSection />
            <ModelSection />
            <CompareSection />
            <DataSection />
            <OwnSection />
            <RaceSection />
            <KeepSection />
          </div>
        </div>
      </main>
      <Dock />
      <p class="visually-hidden" role="status">
        {announcement.value}
      </p>
    </>
  );
}
