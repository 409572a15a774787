/** One thing that a program does. */
export type Step =
  | {
      kind: 'call';
      /** An export of the kernels' module. */
      name: string;
      numbers: readonly number[];
      /** What the call must return, where that decided what was done next; undefined where it returns nothing. */
      result: number | undefined;
    }
  | {kind: 'write'; offset: number; content: Uint8Array};
