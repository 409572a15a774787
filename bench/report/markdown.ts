import {threadsInWords} from '../../common/format';
import {describeMachine} from '../machine';
import type {Results} from '../results';
import {CAPTURED, SUBJECT, SUBJECT_IN_CHROMIUM, subjectsBeside} from '../subject';
import type {Cell, Table} from './table';
import {tablesOf} from './tables';

/** Longer tables are folded up. */
const MAX_ROWS = 40;

/**
 * The new text of a file: what stands between two comments that name the command is replaced where it has them, otherwise
 * all of it.
 */
export function insertMarkdown(file: string, text: string, command: string): string {
  const [before, after] = [`<!-- begin: ${command} -->`, `<!-- end: ${command} -->`];
  const [begin, end] = [file.indexOf(before), file.indexOf(after)];
  if (begin < 0 || end < begin) return text;
  return `${file.slice(0, begin + before.length)}\n\n${text}\n${file.slice(end)}`;
}

/** Where and with what it was measured, and all tables, in GitHub's Markdown. */
export function markdown(results: Results): string {
  const {date, machine, featureLevel, threads, peakGflops, versions, missing, failures} = results;
  const facts = [
    `${date}, ${describeMachine(machine)}, feature level \`${featureLevel}\`, ${threadsInWords(threads)}.`,
    `Peak of 128-bit multiply-adds in registers, measured in this run: ${peakGflops.toFixed(1)} GFLOP/s.`,
    `Versions: ${list(versions, (name, version) => `${name} ${version}`)}.`,
  ];
  if (Object.keys(missing).length > 0)
    facts.push(`Left out: ${list(missing, (name, reason) => `${name} (${reason})`)}.`);
  for (const {peer, title, message} of failures) facts.push(`Failed: ${peer}, ${title}: ${message}`);
  const inChromium = results.columns.includes(SUBJECT_IN_CHROMIUM) ? ' in the same engine' : '';
  const captured = results.columns.includes(CAPTURED) ? ', `captured x peer`: by that of its captured steps' : '';
  const ratios = `\`x peer\`: the peer's time divided by that of ${SUBJECT}${inChromium}${captured}; **bold** where the peer is faster.`;
  const hasRatios = results.columns.some((column) => subjectsBeside(column).length > 0);
  return [facts.join('\\\n'), ...(hasRatios ? [ratios] : []), ...tablesOf(results).map(markdownTable)]
    .join('\n\n')
    .concat('\n');
}

function list(record: Record<string, string>, format: (key: string, value: string) => string): string {
  return Object.entries(record)
    .map(([key, value]) => format(key, value))
    .join(', ');
}

function markdownTable({title, note, head, texts, rows}: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = `|${head.map((_, column) => (column < texts ? '---|' : '---:|')).join('')}`;
  const rowsOfTable = [line(head.map(escapeCell)), rule, ...rows.map((row) => line(row.map(cellOf)))].join('\n');
  const table = `${note ? `${note}\n\n` : ''}${rowsOfTable}`;
  if (rows.length <= MAX_ROWS) return `### ${title}\n\n${table}`;
  return `<details>\n<summary>${title}</summary>\n\n${table}\n\n</details>`;
}

function cellOf({text, isSlower}: Cell): string {
  return isSlower ? `**${escapeCell(text)}**` : escapeCell(text);
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|');
}
