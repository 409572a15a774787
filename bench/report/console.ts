import colors from 'picocolors';
import {newTable} from '../../common/node/table.mjs';
import type {Table} from './table';

export function consoleTable({title, note, head, texts, rows}: Table): string {
  const table = newTable(
    head.map((name) => colors.bold(name)),
    texts,
  );
  for (const row of rows) table.push(row.map(({text, isSlower}) => (isSlower ? colors.red(text) : text)));
  return `${colors.bold(title)}\n${note ? `${colors.dim(note)}\n` : ''}${table.toString()}\n`;
}
