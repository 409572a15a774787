import type {Offset} from 'flatbuffers';
import type {Values} from '../models/weights';
import {type Field, FlatbufferWriter} from './flatbuffer';
import {type FieldOf, OPERATORS, type OperatorName, SCHEMA_VERSION, TENSOR_TYPE} from './schema';

type Reference = {offset: Offset};

/** A chain of operators: each reads what the one before it gives, and constants. */
export class TfliteGraph {
  private readonly writer = new FlatbufferWriter();
  /** The first is empty: that of tensors that are no constants. */
  private readonly buffers: Reference[] = [this.writer.table('Buffer', {})];
  private readonly tensors: Reference[] = [];
  private readonly operators: Reference[] = [];
  /** What is used of the schema's operators: each refers to its place here. */
  private readonly codes: OperatorName[] = [];
  private last: number;

  constructor(
    private readonly name: string,
    input: string,
    inputShape: readonly number[],
  ) {
    this.last = this.addTensor(input, inputShape);
  }

  add<Name extends OperatorName>(
    name: Name,
    outputShape: readonly number[],
    options: Partial<Record<FieldOf<Name>, Field | readonly number[]>>,
    constants: Record<string, Values> = {},
  ): void {
    const {writer} = this;
    const title = `${name.toLowerCase()}_${this.operators.length}`;
    const inputs = [
      this.last,
      ...Object.entries(constants).map(([key, values]) => this.addConstant(`${title}_${key}`, values)),
    ];
    this.last = this.addTensor(title, outputShape);
    const fields = Object.entries<Field | readonly number[] | undefined>(options).map(([key, value]) => [
      key,
      Array.isArray(value) ? writer.ints(value) : value,
    ]);
    if (!this.codes.includes(name)) this.codes.push(name);
    const operator = {
      opcode_index: {int: this.codes.indexOf(name)},
      inputs: writer.ints(inputs),
      outputs: writer.ints([this.last]),
      builtin_options_type: {byte: OPERATORS[name].options},
      builtin_options: writer.table(name, Object.fromEntries(fields)),
    };
    this.operators.push(writer.table('Operator', operator));
  }

  /** The bytes of a .tflite file. */
  toBytes(): Uint8Array {
    const {writer} = this;
    const subgraph = writer.table('SubGraph', {
      tensors: writer.tables(this.tensors),
      inputs: writer.ints([0]),
      outputs: writer.ints([this.last]),
      operators: writer.tables(this.operators),
      name: writer.text(this.name),
    });
    // Of the first version each: their parameters are those of the first.
    const codes = this.codes.map((name) => {
      const {code} = OPERATORS[name];
      return writer.table('OperatorCode', {
        deprecated_builtin_code: {byte: code},
        version: {int: 1},
        builtin_code: {int: code},
      });
    });
    const model = {
      version: {int: SCHEMA_VERSION},
      operator_codes: writer.tables(codes),
      subgraphs: writer.tables([subgraph]),
      description: writer.text(this.name),
      buffers: writer.tables(this.buffers),
    };
    return writer.finish(writer.table('Model', model));
  }

  private addConstant(name: string, {shape, values}: Values): number {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.buffers.push(this.writer.table('Buffer', {data: this.writer.bytes(bytes)}));
    return this.addTensor(name, shape, this.buffers.length - 1);
  }

  private addTensor(name: string, shape: readonly number[], buffer = 0): number {
    const {writer} = this;
    const tensor = {
      shape: writer.ints(shape),
      type: {byte: TENSOR_TYPE.FLOAT32},
      buffer: {int: buffer},
      name: writer.text(name),
    };
    return this.tensors.push(writer.table('Tensor', tensor)) - 1;
  }
}
