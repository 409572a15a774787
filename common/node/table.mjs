import Table from 'cli-table3';

/**
 * A table for the terminal, as all programs here print one; `push` adds a row. JavaScript, because some of them run unbuilt.
 *
 * @param {string[]} head
 * @param {number} texts so many of the first columns are text, on the left; the others are numbers, on the right.
 * @param {Pick<import('cli-table3').TableConstructorOptions, 'colAligns' | 'colWidths' | 'wordWrap'>} [options]
 * @returns {import('cli-table3').Table}
 */
export function newTable(head, texts, options) {
  return new Table({
    head,
    colAligns: head.map((_, column) => (column < texts ? 'left' : 'right')),
    ...options,
    // cli-table3 colours by default, whatever NO_COLOR says.
    style: {head: [], border: [], compact: true},
  });
}
