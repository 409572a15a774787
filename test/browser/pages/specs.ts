/** The page's own specs: a name, and a body that throws. */
import {describeFailure, type Tell} from './tell';

export interface Spec {
  name: string;
  body(): void | Promise<void>;
}

export function check(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Runs those that have `filter` in their names, one after the other; errors beside them are failures too. */
export async function runSpecs(file: string, specs: readonly Spec[], filter: string, tell: Tell): Promise<void> {
  watch(tell);
  const asked = specs.filter(({name}) => name.includes(filter));
  tell({event: 'discovered', specs: asked.length});
  for (const {name, body} of asked) {
    await tell({event: 'start', file, name});
    try {
      await body();
      tell({event: 'spec', file, name, status: 'passed'});
    } catch (error) {
      tell({event: 'spec', file, name, status: 'failed', ...describeFailure(error)});
    }
  }
}

function watch(tell: Tell): void {
  addEventListener('error', ({error, message}) =>
    tell({event: 'stray', name: 'the page', ...describeFailure(error ?? message)}),
  );
  addEventListener('unhandledrejection', ({reason}) =>
    tell({event: 'stray', name: 'a rejection that nobody handled', ...describeFailure(reason)}),
  );
  const {error} = console;
  console.error = (...values: unknown[]) => {
    tell({event: 'stray', name: 'console.error', message: values.map(String).join(' ')});
    error.apply(console, values);
  };
}
