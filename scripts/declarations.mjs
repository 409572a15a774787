/** The declarations of the package: those that its entries lead to, and nothing of what is behind them. */
import {readdirSync, readFileSync, rmSync} from 'node:fs';
import path from 'node:path';

/** Removes the declarations in a folder that none of the entries imports, directly or not. */
export function pruneDeclarations(folder, entries) {
  const reached = new Set();
  const visit = (file) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const [, specifier] of readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)\.js'/g)) {
      visit(path.resolve(path.dirname(file), `${specifier}.d.ts`));
    }
  };
  for (const entry of entries) visit(path.resolve(entry));
  for (const name of readdirSync(folder, {recursive: true})) {
    const file = path.resolve(folder, name);
    if (file.endsWith('.d.ts') && !reached.has(file)) rmSync(file);
  }
}
