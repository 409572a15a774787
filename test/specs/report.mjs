/**
 * The result of a run in lines for people: what failed, and the counts at the end.
 */
import pc from 'picocolors';

/** Characters of a message that are printed: some list whole tensors. */
const MESSAGE_LENGTH = 600;
const STACK_LINES = 8;

/**
 * @param title what the counts are of.
 * @param result the tally, and how many seconds it took; `note`: what else is said of the counts.
 * @param limit the number of failed specs to print.
 */
export function report(title, result, limit) {
  const {seconds, passed, failed, skipped, contradicted = 0, failures, errors, note = ''} = result;
  failures.slice(0, limit).forEach(print);
  if (failures.length > limit) console.log(`... and ${failures.length - limit} more`);
  errors.forEach(print);
  const outside = errors.length > 0 ? `, errors outside specs: ${errors.length}` : '';
  const wrong = contradicted > 0 ? `, ${contradicted} with a wrong gradient` : '';
  const counts = `${passed} passed, ${failed} failed, ${skipped} skipped${wrong}${outside}${note}`;
  console.log(`${title}: ${counts} (${seconds.toFixed(1)} s)`);
}

function print({where, message, stack = []}) {
  const shown = message.length > MESSAGE_LENGTH ? `${message.slice(0, MESSAGE_LENGTH)} ...` : message;
  const lines = [...shown.split('\n'), ...stack.slice(0, STACK_LINES).map((frame) => `  ${frame}`)];
  console.log(`${pc.red('failed')} ${where}\n${lines.map((line) => `       ${line}`).join('\n')}`);
}
