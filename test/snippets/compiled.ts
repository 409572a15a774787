import {copyFile, mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {run} from '../child';
import {snippetsIn} from './markdown';

/** What snippets that predict with a compiled model import. */
const COMPILED = ['lenet.js', 'lenet.d.ts', 'lenet.wasm'];

/** Makes lenet.js and what is beside it in a project, of a LeNet that has seen little, by the README's own command line. */
export async function compileLenet(project: string): Promise<void> {
  const [command] = snippetsIn('sh').flatMap(({text}) => /^npx (mnist-wasm compile .*)$/m.exec(text)?.[1] ?? []);
  await mnistWasm(project, 'train lenet --data digits --train-size 500 --test-size 100 --epochs 1');
  await mnistWasm(project, command.replace('mnist-wasm ', ''));
}

async function mnistWasm(project: string, args: string): Promise<void> {
  const command = path.join(project, 'node_modules/.bin/mnist-wasm');
  const {code, stderr} = await run(command, args.split(' '), {cwd: project});
  if (code !== 0) throw new Error(`mnist-wasm ${args} ended with ${code}:\n${stderr}`);
}

/** A folder of its own in a project, for ES modules, with the compiled LeNet. */
export async function folderWithLenet(project: string, name: string): Promise<string> {
  const folder = path.join(project, name);
  await mkdir(folder);
  await writeFile(path.join(folder, 'package.json'), '{"type": "module"}');
  for (const file of COMPILED) await copyFile(path.join(project, file), path.join(folder, file));
  return folder;
}
