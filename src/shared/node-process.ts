/** What is used of Node's modules, as Deno and Bun have them too. */
export interface BuiltinModules {
  'node:module': {isBuiltin?(name: string): boolean};
  'node:os': {availableParallelism?(): number};
  'node:v8': {setFlagsFromString(flags: string): void};
  'node:worker_threads': {
    Worker: new (
      source: URL,
      options: {workerData: unknown; execArgv: string[]; env: object},
    ) => {
      once(event: 'error' | 'exit', listener: (value: unknown) => void): void;
      unref(): void;
    };
  };
}

interface NodeProcess {
  /** Gives a module without an import, for which a bundler would look. */
  getBuiltinModule?<Name extends keyof BuiltinModules>(name: Name): BuiltinModules[Name] | undefined;
}

/** The process global of Node, Deno and Bun; in browsers and on Workers it is absent, or has less. */
export function nodeProcess(): NodeProcess | undefined {
  return (globalThis as {process?: NodeProcess}).process;
}
