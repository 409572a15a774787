import {useTraining} from './use-training.js';

/** Draws what the worker tells. No TensorFlow.js is in this thread. */
export function App() {
  const {state, progress, epochs, accuracy, error, start, stop} = useTraining();
  const running = state === 'running';
  return (
    <main>
      <h1>Training in a worker</h1>
      <button type="button" onClick={running ? stop : start}>
        {running ? 'Stop' : 'Train'}
      </button>{' '}
      <progress value={progress} />
      <ol>
        {epochs.map(({epoch, loss, acc}) => (
          <li key={epoch}>
            loss {loss.toFixed(4)}, accuracy {percent(acc)}
          </li>
        ))}
      </ol>
      {accuracy !== undefined && <p id="result">{percent(accuracy)} of the test images are read right</p>}
      {error && <p role="alert">{error}</p>}
    </main>
  );
}

function percent(share) {
  return `${(100 * share).toFixed(2)} %`;
}
