/** What the examples are deployed with, read by tools that know it. Each must also find a mistake that is put there. */
import {execFileSync} from 'node:child_process';
import {cpSync, existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {stripVTControlCharacters} from 'node:util';
import {npm} from '../bundlers/project.mjs';
import {EXAMPLES} from './project.mjs';

const platform = `${process.platform}-${process.arch}`;
const root = path.resolve(import.meta.dirname, '../..');

/**
 * @typedef {object} Manifest
 * @property {string} file in examples/
 * @property {string} tool
 * @property {[RegExp | string, string]} mistake what takes the place of what
 * @property {(tools: string) => string | undefined} [missing] why the tool cannot run here
 * @property {(text: string, means: {tools: string, worker: string}) => string[] | Promise<string[]>} check what is wrong with it
 */

/** @type {Manifest[]} */
const MANIFESTS = [
  {
    file: 'edge-worker/wrangler.jsonc',
    tool: 'wrangler deploy --dry-run',
    mistake: ['"worker.js"', '"workers.js"'],
    missing: (tools) =>
      nodeForWrangler(tools) ? undefined : `it needs Node.js 22 or later; tools/package.json has none for ${platform}`,
    check: checkWrangler,
  },
  {
    file: 'lambda/template.yaml',
    tool: 'the validation of aws-cdk-lib',
    mistake: ['Handler:', 'Handlr:'],
    check: checkTemplate,
  },
  {
    file: 'node-server/kubernetes.yaml',
    tool: 'the types and schemas of kubernetes-models',
    mistake: ['minReplicas', 'minReplica'],
    check: checkKubernetes,
  },
  {
    file: 'node-server/Dockerfile',
    tool: 'dockerfile-utils',
    mistake: ['WORKDIR', 'WORKDIRR'],
    check: checkDockerfile,
  },
];

/**
 * @param {string} worker the folder of an edge-worker that is installed and has its model
 */
export async function checkManifests(folder, worker, result) {
  const tools = path.join(folder, 'tools');
  cpSync(path.join(import.meta.dirname, 'tools'), tools, {recursive: true});
  await npm(['ci', '--ignore-scripts'], tools);
  for (const {file, tool, mistake, missing, check} of MANIFESTS) {
    const reason = missing?.(tools);
    if (reason) {
      result(`${file} is right, says ${tool}`, [reason]);
      continue;
    }
    const text = readFileSync(path.join(EXAMPLES, file), 'utf8');
    result(`${file} is right, says ${tool}`, await check(text, {tools, worker}));
    const wrong = text.replace(...mistake);
    const found = wrong !== text && (await check(wrong, {tools, worker})).length > 0;
    result(`${tool} notices ${mistake[1]}`, found ? [] : ['it does not']);
  }
}

/** Bundles the Worker as a deployment would. */
function checkWrangler(text, {tools, worker}) {
  const config = path.join(worker, 'wrangler.jsonc');
  const before = readFileSync(config);
  writeFileSync(config, text);
  const program = path.join(tools, 'node_modules/wrangler/bin/wrangler.js');
  try {
    const said = runTool(nodeForWrangler(tools), [program, 'deploy', '--dry-run', '--outdir', 'dist/wrangler'], worker);
    return said.filter((line) => /warning|error/i.test(line));
  } finally {
    writeFileSync(config, before);
  }
}

/** @returns {string | undefined} Node.js 22 or later: this one, or that of npm, where it has one */
function nodeForWrangler(tools) {
  if (Number(process.versions.node.split('.')[0]) >= 22) return process.execPath;
  const file = path.join(tools, `node_modules/node-${platform}/bin/node`);
  return existsSync(file) ? file : undefined;
}

/** What SAM makes of it, and what the resources' schemas say of that. */
function checkTemplate(text, {tools}) {
  writeFileSync(path.join(tools, 'template.yaml'), text);
  return runTool(process.execPath, ['template.mjs', 'template.yaml'], tools).filter((line) => line.trim() !== '');
}

/** The schemas know what must be there, the types also what may be. */
async function checkKubernetes(text, {tools}) {
  const {parseAllDocuments} = createRequire(path.join(tools, 'x.js'))('yaml');
  const objects = parseAllDocuments(text).map((document) => document.toJS({}));
  const folder = path.join(tools, 'kubernetes');
  mkdirSync(folder, {recursive: true});
  const file = path.join(folder, 'manifest.ts');
  writeFileSync(file, objects.map(asTypeScript).join('\n'));
  const compile = ['--noEmit', '--strict', '--module', 'nodenext', '--skipLibCheck', file];
  const said = runTool(path.join(root, 'node_modules/.bin/tsc'), compile, tools).filter(Boolean);
  return said.length > 0
    ? said
    : runTool(process.execPath, ['kubernetes.mjs', JSON.stringify(objects)], tools).filter(Boolean);
}

function asTypeScript(object, i) {
  const {apiVersion, kind} = object;
  const type = `import('kubernetes-models/${apiVersion}/${kind}').I${kind}`;
  return `export const object${i}: ${type} = ${JSON.stringify(object, null, 2)};`;
}

function checkDockerfile(text, {tools}) {
  const {validate} = createRequire(path.join(tools, 'x.js'))('dockerfile-utils');
  return validate(text).map(({message, range}) => `line ${range.start.line + 1}: ${message}`);
}

/** @returns the lines of both streams; if it failed without a word, that it did */
function runTool(program, args, cwd) {
  const env = {...process.env, NO_COLOR: '1', CI: '1', WRANGLER_SEND_METRICS: 'false'};
  try {
    return lines(execFileSync(program, args, {cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']}));
  } catch (error) {
    return [`error: it ended with ${error.status}`, ...lines(`${error.stdout}\n${error.stderr}`)];
  }
}

function lines(text) {
  return stripVTControlCharacters(text).split('\n');
}
