import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {run} from './child';

const root = path.resolve(import.meta.dirname, '..');

export interface PackedProject {
  /** A folder with a package.json and node_modules. */
  folder: string;
  tarball: string;
  /** The paths in the tarball. */
  files: string[];
  /** What npm had to say while it packed. */
  packing: string;
  remove(): Promise<void>;
}

/** A project that has nothing but the packed package, and of this checkout its peers and the packages that are named. */
export async function packedProject(others: readonly string[] = []): Promise<PackedProject> {
  const parent = await mkdtemp(path.join(tmpdir(), 'mnist-wasm-'));
  // Without scripts: packing must not build again while other tests read dist/.
  const packed = await npm(['pack', '--ignore-scripts', '--json', '--pack-destination', parent], root);
  const [{filename, files}] = JSON.parse(packed.stdout) as [{filename: string; files: {path: string}[]}];
  const tarball = path.join(parent, filename);
  const folder = path.join(parent, 'project');
  const modules = path.join(folder, 'node_modules');
  await mkdir(modules, {recursive: true});
  await writeFile(path.join(folder, 'package.json'), '{"private": true}');
  await npm(['install', '--offline', '--legacy-peer-deps', '--no-audit', '--no-fund', tarball], folder);
  for (const name of ['@tensorflow', ...others]) {
    await mkdir(path.dirname(path.join(modules, name)), {recursive: true});
    await symlink(path.join(root, 'node_modules', name), path.join(modules, name), 'dir');
  }
  return {
    folder,
    tarball,
    files: files.map((file) => file.path),
    packing: packed.stderr,
    remove: () => rm(parent, {recursive: true, force: true}),
  };
}

async function npm(args: string[], cwd: string) {
  const finished = await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, {cwd});
  if (finished.code !== 0) throw new Error(`npm ${args.join(' ')} ended with ${finished.code}:\n${finished.stderr}`);
  return finished;
}
