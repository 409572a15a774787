/** The backend that the others are compared with, and its column. */
export const SUBJECT = 'mnist-wasm';
/** The same in Chromium, beside peers that run in browsers alone: these. */
export const SUBJECT_IN_CHROMIUM = `${SUBJECT} in Chromium`;
const IN_CHROMIUM: readonly string[] = ['litert'];

/** The column that another is compared with, the subject in the same engine; undefined for the subject's own. */
export function subjectBeside(column: string): string | undefined {
  if (column === SUBJECT || column === SUBJECT_IN_CHROMIUM) return undefined;
  return IN_CHROMIUM.includes(column) ? SUBJECT_IN_CHROMIUM : SUBJECT;
}
