/** A value for each field of a record. */
export type Fields<T> = {readonly [Name in keyof T]: number};

/** How a class of assembly/abi.ts is laid out in memory: its fields are words, in their order. */
export class RecordLayout<T extends object> {
  private readonly names: readonly (keyof T)[];
  /** The index of each field, in words. */
  readonly index: Fields<T>;

  constructor(Record: new () => T) {
    this.names = Object.keys(new Record()) as (keyof T)[];
    this.index = Object.fromEntries(this.names.map((name, index) => [name, index])) as Fields<T>;
  }

  /** The number of words of a record. */
  get words(): number {
    return this.names.length;
  }

  /** Records of integers as words, one record after the other. */
  pack(records: readonly Fields<T>[]): number[] {
    const words: number[] = [];
    for (const record of records) for (const name of this.names) words.push(record[name]);
    return words;
  }
}
