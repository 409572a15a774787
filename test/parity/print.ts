import colors from 'picocolors';
import {count} from '../../common/format';
import {newTable} from '../../common/node/table.mjs';
import {formatError, formatTerm} from '../cases/tolerance';
import {addCounts, countCases, isBad, type KernelReport, worstError} from './report';

/** How many failing cases of a kernel are told. */
const MOST = 3;

/** One row a kernel. */
export function kernelTable(reports: readonly KernelReport[]): string {
  const hasRandom = reports.some(({random}) => random);
  const random = <T>(cell: T) => (hasRandom ? [cell] : []);
  const head = ['kernel', 'worst error', 'allowed', 'cases', ...random('random'), 'unsupported', 'trapped', 'failed'];
  const table = newTable(
    head.map((title) => colors.bold(title)),
    3,
  );
  for (const report of reports) {
    const counts = countCases(report);
    const worst = worstError(report);
    const error = worst ? formatError(worst.error, worst.unit) : '-';
    const tooLarge = worst && worst.share > 1;
    table.push([
      report.kernel,
      tooLarge ? colors.red(error) : error,
      worst ? formatTerm(worst) : '-',
      String(counts.run),
      ...random(String(counts.random)),
      unlessNone(counts.unsupported, colors.yellow),
      unlessNone(counts.trapped, colors.red),
      unlessNone(counts.failed, colors.red),
    ]);
  }
  return table.toString();
}

function unlessNone(count: number, color: (text: string) => string): string {
  return count === 0 ? '' : color(String(count));
}

/** One line for each of the first cases of every kernel that failed or trapped. */
export function failureLines(reports: readonly KernelReport[]): string[] {
  return reports.flatMap(({kernel, cases, random}) => {
    const bad = cases.filter(isBad);
    const lines = bad.slice(0, MOST).map(({name, status, message, known}) => {
      const why = known === undefined ? '' : colors.dim(` (known: ${known})`);
      return `${label(status)} ${colors.bold(kernel)} ${name}: ${oneLine(message)}${why}`;
    });
    if (bad.length > MOST) lines.push(`        ${colors.bold(kernel)} and ${bad.length - MOST} more`);
    if (random?.failure) {
      const {status, message} = random.failure;
      lines.push(`${label(status)} ${colors.bold(kernel)} at random, ${oneLine(message)}`);
      lines.push(`        ${random.reproduction}`);
    }
    return lines;
  });
}

function label(status: string): string {
  return colors.red(status === 'trapped' ? 'trapped' : 'failed ');
}

function oneLine(message = ''): string {
  return message.replaceAll(/\s+/g, ' ');
}

/** All cases in one line. */
export function summary(reports: readonly KernelReport[]): string {
  const {run, random, unsupported, trapped, failed, known} = addCounts(reports.map(countCases));
  const ran = random > 0 ? `${count(run)} cases and ${count(random)} at random` : `${count(run)} cases`;
  const parts = [`${count(run + random - failed - trapped)} agree`];
  if (failed > 0) parts.push(colors.red(`${count(failed)} failed`));
  if (trapped > 0) parts.push(colors.red(`${count(trapped)} trapped`));
  if (known > 0) parts.push(`${count(known)} of these known`);
  if (unsupported > 0) parts.push(`${count(unsupported)} more unsupported`);
  return `${ran}: ${parts.join(', ')}`;
}
