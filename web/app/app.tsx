import {DataSection} from './sections/data';
import {DrawSection} from './sections/draw';
import {InsideSection} from './sections/inside';
import {KeepSection} from './sections/keep';
import {MistakesSection} from './sections/mistakes';
import {ModelSection} from './sections/model';
import {RaceSection} from './sections/race';
import {TrainingSection} from './sections/training';
import {announcement, problem} from './store';

export function App() {
  return (
    <>
      <header class="top">
        <h1>Teach a network to read digits</h1>
        <p class="soft">It learns here, in your browser, on your own machine. Nothing that you draw leaves it.</p>
      </header>
      <main>
        {problem.value && (
          <p class="problem" role="alert">
            {problem.value}
          </p>
        )}
        <DataSection />
        <div class="columns">
          <div class="column">
            <ModelSection />
            <TrainingSection />
          </div>
          <div class="column">
            <DrawSection />
            <InsideSection />
          </div>
        </div>
        <MistakesSection />
        <RaceSection />
        <KeepSection />
      </main>
      <p class="visually-hidden" role="status">
        {announcement.value}
      </p>
    </>
  );
}
