import {type DifferentiableCase, differentiableCases, type Known} from '../differentiable';

/** What is known of a case's gradient, or of the derivatives of that. */
type Order = (c: DifferentiableCase) => Known;

const first: Order = (c) => c;
const second: Order = (c) => c.second || {};

/** The section of docs/kernels.md on gradients, from the table that the tests run. */
export function gradients(): string {
  const operations = new Set(differentiableCases.map(({operation}) => operation)).size;
  return [
    `## Gradients

\`test/differentiable.test.ts\` compares ${operations} operations of tfjs-core, in ${differentiableCases.length} cases, with finite differences: their gradients, and
the derivatives of those. It also checks what is said here of tfjs-core, on tfjs-backend-cpu.`,
    `### Wrong in tfjs-core, and right on this backend\n\n${list('wrong')}`,
    `### Wrong in tfjs-core, on every backend

These gradients are part of an operation, and no registered ones that a backend can replace; or programs rely on them.

${list('unmended')}`,
    `### Missing in tfjs-core

Each with what tfjs-core's error says.

${list('missing')}`,
  ].join('\n\n');
}

function list(kind: keyof Known): string {
  return [...lines('', first, kind), ...lines('second derivatives: ', second, kind)].join('\n');
}

/** A line for each thing that is said, with the operations that it is said of. */
function lines(prefix: string, order: Order, kind: keyof Known): string[] {
  const said = groupBy(differentiableCases, (c) => order(c)[kind]);
  return [...said].flatMap(([text, cases]) => {
    if (text === undefined) return [];
    const byOperation = groupBy(cases, ({operation}) => operation);
    const names = [...byOperation].map(([operation, its]) => `\`${operation}\`${options(operation, its)}`);
    return [`- ${prefix}${names.join(', ')}: ${text}`];
  });
}

/** Which cases of an operation, where it is not all of them. */
function options(operation: string, cases: readonly DifferentiableCase[]): string {
  const all = differentiableCases.filter((c) => c.operation === operation);
  if (cases.length === all.length) return '';
  const named =
    cases.length <= 2
      ? cases.map(({name}) => name || 'no options').join('; ')
      : `${cases.length} of ${all.length} cases`;
  return ` (${named})`;
}

function groupBy<T, K>(list: readonly T[], keyOf: (element: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const element of list) {
    const key = keyOf(element);
    const group = groups.get(key);
    if (group) group.push(element);
    else groups.set(key, [element]);
  }
  return groups;
}
