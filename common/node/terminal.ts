import Table from 'cli-table3';
import colors from 'picocolors';

/** Shows what runs now, where there is a terminal; '' clears the line. */
export function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}

/** A table whose first columns, `texts` of them, are aligned to the left and the others to the right. */
export function newTable(head: string[], texts: number): Table.Table {
  return new Table({
    head: head.map((title) => colors.bold(title)),
    colAligns: head.map((_, column) => (column < texts ? 'left' : 'right')),
    // cli-table3 colours by default, whatever NO_COLOR says.
    style: {head: [], border: [], compact: true},
  });
}
