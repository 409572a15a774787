import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import {Command} from 'commander';
import {calledAs} from '../called-as';

/** The benchmark is a program of its own: it measures in processes that hold nothing else. */
const PROGRAM = fileURLToPath(new URL('../bench/index.js', import.meta.url));

export function benchCommand(finish: (exitCode: number) => void): Command {
  return new Command('bench')
    .description(
      "Time the recipes' models and layers beside other backends and frameworks; bench --help has its options.",
    )
    .argument('[options...]', 'such as --only "lenet training" or --peers wasm,cpu')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (args: string[]) => {
      const child = spawn(process.execPath, [PROGRAM, ...args], {
        stdio: 'inherit',
        env: {...process.env, MNIST_WASM_BENCH_NAME: `${calledAs()} bench`},
      });
      const [code] = (await once(child, 'close')) as [number | null];
      finish(code ?? 1);
    });
}
