import {texts} from '../texts';
import {Contents} from './parts/contents';
import {Dock} from './parts/dock';
import {BreakSection} from './sections/break';
import {CompareSection} from './sections/compare';
import {DataSection} from './sections/data';
import {DrawSection} from './sections/draw';
import {InsideSection} from './sections/inside';
import {KeepSection} from './sections/keep';
import {MistakesSection} from './sections/mistakes';
import {ModelSection} from './sections/model';
import {OwnSection} from './sections/own';
import {RaceSection} from './sections/race';
import {TrainingSection} from './sections/training';
import {announcement, problem} from './store';

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
