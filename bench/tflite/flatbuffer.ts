import {Builder, type Offset} from 'flatbuffers';
import {FIELDS, FILE_IDENTIFIER, type FieldOf, type TableName} from './schema';

/** Of buffers with data, as the schema has it. */
const ALIGNMENT = 16;

/** A field's value as it is stored: a number of a width, or the offset of what was written before. */
export type Field = {byte: number} | {int: number} | {float: number} | {offset: Offset};

/** Writes tables of the schema, each after what it refers to. */
export class FlatbufferWriter {
  private readonly builder = new Builder();

  table<Table extends TableName>(name: Table, fields: Partial<Record<FieldOf<Table>, Field>>): {offset: Offset} {
    const {builder} = this;
    const order: readonly string[] = FIELDS[name];
    builder.startObject(order.length);
    for (const [key, field] of Object.entries<Field | undefined>(fields)) {
      const slot = order.indexOf(key);
      // Without a default: what is given is written, whatever the schema's defaults are.
      if (field === undefined) continue;
      if ('byte' in field) builder.addFieldInt8(slot, field.byte, null);
      else if ('int' in field) builder.addFieldInt32(slot, field.int, null);
      else if ('float' in field) builder.addFieldFloat32(slot, field.float, null);
      else builder.addFieldOffset(slot, field.offset, 0);
    }
    return {offset: builder.endObject()};
  }

  text(value: string): {offset: Offset} {
    return {offset: this.builder.createString(value)};
  }

  ints(values: readonly number[]): {offset: Offset} {
    return this.vector(values, (value) => this.builder.addInt32(value));
  }

  tables(tables: readonly {offset: Offset}[]): {offset: Offset} {
    return this.vector(tables, ({offset}) => this.builder.addOffset(offset));
  }

  bytes(values: Uint8Array): {offset: Offset} {
    this.builder.prep(ALIGNMENT, values.length);
    return {offset: this.builder.createByteVector(values)};
  }

  /** The bytes of a file whose root this is. */
  finish({offset}: {offset: Offset}): Uint8Array {
    this.builder.finish(offset, FILE_IDENTIFIER);
    return this.builder.asUint8Array();
  }

  /** Of values of four bytes, which are written from the last. */
  private vector<T>(values: readonly T[], add: (value: T) => void): {offset: Offset} {
    this.builder.startVector(4, values.length, 4);
    for (const value of values.toReversed()) add(value);
    return {offset: this.builder.endVector()};
  }
}
