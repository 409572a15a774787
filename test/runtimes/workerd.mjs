/** The suite in Cloudflare's workerd: three workers, each bundled as wrangler does it, in one process. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {copyFileSync, mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {build} from 'esbuild';
import {collect} from '../bundlers/project.mjs';
import {failedReport} from './project/suite.mjs';

/** By their files in project/workerd. */
const WORKERS = ['condition', 'module', 'compiled'];
const COMPATIBILITY_DATE = '2026-11-01';
const LIMIT_SECONDS = 60;

/** @returns {Promise<Record<string, import('./project/suite.mjs').Report>>} of each worker */
export async function runInWorkerd(program, project) {
  const workers = [];
  for (const name of WORKERS) workers.push(await bundleWorker(project, name));
  const config = path.join(project, 'workerd/config.capnp');
  writeFileSync(config, configOf(workers));
  const child = spawn(program, ['serve', config, '--control-fd=3'], {stdio: ['ignore', 'pipe', 'pipe', 'pipe']});
  const printed = collect(child);
  try {
    const ports = await portsOf(child, printed);
    const reports = {};
    for (const name of WORKERS) reports[name] = await reportOf(ports[name], printed);
    return reports;
  } finally {
    if (child.kill()) await once(child, 'exit');
  }
}

/** @returns {Promise<{name: string, folder: string}>} a folder with the modules of a worker */
async function bundleWorker(project, name) {
  const folder = path.join(project, 'workerd', `dist-${name}`);
  mkdirSync(folder);
  await build({
    entryPoints: [path.join(project, 'workerd', `${name}.mjs`)],
    outfile: path.join(folder, 'worker.js'),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['workerd', 'worker', 'browser'],
    plugins: [modulesOfOtherKinds(folder)],
    logLevel: 'error',
  });
  return {name, folder};
}

/** WebAssembly and data are modules of their own, copied beside the script, and imported by their names. */
function modulesOfOtherKinds(folder) {
  return {
    name: 'modules of other kinds',
    setup({onResolve}) {
      onResolve({filter: /\.(wasm(\?module)?|bin|json)$/}, ({path: specifier, importer}) => {
        const file = createRequire(importer).resolve(specifier.replace(/\?module$/, ''));
        const name = path.basename(file);
        copyFileSync(file, path.join(folder, name));
        return {path: `./${name}`, external: true};
      });
    },
  };
}

function configOf(workers) {
  const services = workers.map(({name, folder}) => {
    const others = readdirSync(folder).filter((file) => file !== 'worker.js');
    const modules = ['worker.js', ...others].map(
      (file) => `(name = "${file}", ${kindOf(file)} = embed "${path.basename(folder)}/${file}")`,
    );
    const worker = `(modules = [\n${modules.join(',\n')}], compatibilityDate = "${COMPATIBILITY_DATE}")`;
    return `(name = "${name}", worker = ${worker})`;
  });
  const sockets = workers.map(
    ({name}) => `(name = "${name}", address = "127.0.0.1:0", http = (), service = "${name}")`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [\n${services.join(',\n')}], sockets = [\n${sockets.join(',\n')}]);
`;
}

function kindOf(file) {
  return {'.js': 'esModule', '.wasm': 'wasm'}[path.extname(file)] ?? 'data';
}

/** The ports that the system has given, by the names of the sockets. */
async function portsOf(child, printed) {
  const ports = {};
  const listening = (async () => {
    for await (const line of createInterface({input: child.stdio[3]})) {
      const {event, socket, port} = JSON.parse(line);
      if (event === 'listen') ports[socket] = port;
      if (Object.keys(ports).length === WORKERS.length) return ports;
    }
    throw new Error(`workerd does not listen:\n${printed()}`);
  })();
  const failed = once(child, 'error').then(([error]) => Promise.reject(error));
  return Promise.race([listening, failed]);
}

async function reportOf(port, printed) {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, {signal: AbortSignal.timeout(LIMIT_SECONDS * 1000)});
    return response.ok ? await response.json() : failedReport('answers', await response.text());
  } catch (error) {
    return failedReport('answers', `${error}\n${printed()}`);
  }
}
