/** The backend that the others are compared with, and its column. */
export const SUBJECT = 'mnist-wasm';

/** The same, where captureTraining repeats the steps, as the command line and the page train. */
export const CAPTURED = 'mnist-wasm captured';

/** The same in Chromium, beside peers that run in browsers alone: these. */
export const SUBJECT_IN_CHROMIUM = `${SUBJECT} in Chromium`;
const IN_CHROMIUM: readonly string[] = ['litert'];

/** The columns that another is compared with, the subject's in the same engine; none for the subject's own. */
export function subjectsBeside(column: string): string[] {
  if ([SUBJECT, CAPTURED, SUBJECT_IN_CHROMIUM].includes(column)) return [];
  return IN_CHROMIUM.includes(column) ? [SUBJECT_IN_CHROMIUM] : [SUBJECT, CAPTURED];
}
