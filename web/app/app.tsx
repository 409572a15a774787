import {announcement, problem} from './store';

export function App() {
  return (
    <>
      <header class="top">
        <h1>Teach a network to read digits</h1>
        <p>It trains here, in your browser: nothing leaves this device.</p>
      </header>
      <main>
        {problem.value && (
          <p class="problem" role="alert">
            {problem.value}
          </p>
        )}
      </main>
      <p class="visually-hidden" role="status">
        {announcement.value}
      </p>
    </>
  );
}
