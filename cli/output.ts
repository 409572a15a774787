import {writeFileAtomic} from 'mnist-wasm/node';
import type {JsonOption} from './options';

/** Where a command writes: what is for people goes to the standard error where the standard output is for JSON. */
export class Output {
  readonly stream: NodeJS.WriteStream;

  constructor(private readonly options: JsonOption) {
    this.stream = options.json === true ? process.stderr : process.stdout;
  }

  print(text: string): void {
    this.stream.write(`${text}\n`);
  }

  /** Where JSON is asked for. */
  async json(value: unknown): Promise<void> {
    const {json} = this.options;
    if (json === undefined) return;
    const text = `${JSON.stringify(value, null, 2)}\n`;
    if (json === true) process.stdout.write(text);
    else await writeFileAtomic(json, text);
  }
}
