/**
 * Biome on the AssemblyScript sources; `--write` formats them. AssemblyScript has decorators on functions and constants,
 * which Biome does not parse: it is given copies in which they are comments.
 */
import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const rooms = ['assembly', 'bench/assembly'];
const {values: options} = parseArgs({options: {write: {type: 'boolean', default: false}}});

/** What JavaScript's rules mean otherwise in AssemblyScript: == compares as === does, types are never `any`, and so on. */
const rules = {
  complexity: {noArguments: 'off'},
  correctness: {noUnusedFunctionParameters: 'off', noPrecisionLoss: 'off'},
  style: {useConst: 'error', useExportType: 'off', useImportType: 'off'},
  suspicious: {
    noAssignInExpressions: 'off',
    noApproximativeNumericConstant: 'off',
    noDoubleEquals: 'off',
    noImportCycles: 'error',
    noSelfCompare: 'off',
  },
};

const copy = mkdtempSync(path.join(tmpdir(), 'assembly-'));
try {
  const files = rooms.flatMap((room) =>
    readdirSync(path.join(root, room), {recursive: true})
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => path.join(room, file)),
  );
  for (const file of files) {
    mkdirSync(path.dirname(path.join(copy, file)), {recursive: true});
    writeFileSync(path.join(copy, file), withoutDecorators(readFileSync(path.join(root, file), 'utf8')));
  }
  writeFileSync(path.join(copy, 'biome.json'), JSON.stringify(configuration()));
  const biome = path.join(root, 'node_modules/@biomejs/biome/bin/biome');
  const flags = ['check', '--error-on-warnings', ...(options.write ? ['--write'] : [])];
  const {status} = spawnSync(process.execPath, [biome, ...flags, ...rooms], {cwd: copy, stdio: 'inherit'});
  if (options.write) {
    for (const file of files) {
      const formatted = withDecorators(readFileSync(path.join(copy, file), 'utf8'));
      if (formatted !== readFileSync(path.join(root, file), 'utf8')) writeFileSync(path.join(root, file), formatted);
    }
  }
  process.exitCode = status ?? 1;
} finally {
  rmSync(copy, {recursive: true});
}

function configuration() {
  const {formatter, javascript} = JSON.parse(readFileSync(path.join(root, 'biome.json'), 'utf8'));
  return {formatter, javascript, linter: {rules: {preset: 'recommended', ...rules}}};
}

function withoutDecorators(text) {
  return text.replace(/^( *)\/\/ @ts-ignore: decorator\n *@inline$/gm, '$1// @inline');
}

function withDecorators(text) {
  return text.replace(/^( *)\/\/ @inline$/gm, '$1// @ts-ignore: decorator\n$1@inline');
}
