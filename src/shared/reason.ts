/**
 * What an error says, in one line, and what its cause adds: fetch and Node's DecompressionStream put the reason there.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return firstLine(String(error));
  const {cause, message, name} = error;
  const reason = cause instanceof Error ? cause.message || cause.name : '';
  return firstLine(message && reason ? `${message} (${reason})` : message || reason || name);
}

function firstLine(text: string): string {
  return text.split('\n')[0].trim();
}
