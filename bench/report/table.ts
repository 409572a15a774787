import {formatRatio} from './format';

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

export function text(value: string): Cell {
  return {text: value};
}

/** How many times as fast the subject is; empty where a time is missing. */
export function ratio(value: number): Cell {
  return Number.isNaN(value) ? text('') : {text: formatRatio(value), isSlower: value < 1};
}
