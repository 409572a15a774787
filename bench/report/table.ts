/** A table for the terminal or for Markdown. */
export interface Table {
  title: string;
  /** Of what the figures are. */
  note?: string;
  head: string[];
  /** So many of the first columns are text, the others numbers. */
  texts: number;
  rows: Cell[][];
}

export interface Cell {
  text: string;
  /** Where somebody else is faster. */
  isSlower?: boolean;
}
