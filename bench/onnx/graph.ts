import {create, type MessageInitShape, toBinary} from '@bufbuild/protobuf';
import {
  type AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  ModelProtoSchema,
  type NodeProtoSchema,
  TensorProto_DataType,
  type TensorProtoSchema,
  type ValueInfoProtoSchema,
} from 'onnx-buf';
import type {Values} from '../models/weights';

/** ONNX 1.12. */
const OPSET = 17n;
const IR_VERSION = 8n;

/** A bare number is an integer. */
type Attribute = number | readonly number[] | {float: number};

/** A chain of nodes: each reads what the one before it gives, and constants. */
export class OnnxGraph {
  private readonly node: MessageInitShape<typeof NodeProtoSchema>[] = [];
  private readonly initializer: MessageInitShape<typeof TensorProtoSchema>[] = [];
  private last: string;

  constructor(
    private readonly name: string,
    private readonly input: string,
    private readonly inputShape: readonly number[],
  ) {
    this.last = input;
  }

  add(opType: string, constants: Record<string, Values> = {}, attributes: Record<string, Attribute> = {}): void {
    const name = `${opType.toLowerCase()}_${this.node.length}`;
    const input = [this.last];
    for (const [key, values] of Object.entries(constants)) {
      input.push(`${name}_${key}`);
      this.initializer.push(constant(`${name}_${key}`, values));
    }
    const attribute = Object.entries(attributes).map(([key, value]) => attributeOf(key, value));
    this.node.push({name, opType, input, output: [name], attribute});
    this.last = name;
  }

  /** The bytes of an .onnx file. */
  toBytes(outputShape: readonly number[]): Uint8Array {
    const {name, node, initializer} = this;
    const input = [valueInfo(this.input, this.inputShape)];
    const output = [valueInfo(this.last, outputShape)];
    const graph = {name, node, initializer, input, output};
    const opsetImport = [{domain: '', version: OPSET}];
    return toBinary(ModelProtoSchema, create(ModelProtoSchema, {irVersion: IR_VERSION, opsetImport, graph}));
  }
}

function attributeOf(name: string, value: Attribute): MessageInitShape<typeof AttributeProtoSchema> {
  if (typeof value === 'number') return {name, type: AttributeType.INT, i: BigInt(value)};
  if ('float' in value) return {name, type: AttributeType.FLOAT, f: value.float};
  return {name, type: AttributeType.INTS, ints: value.map(BigInt)};
}

function constant(name: string, {shape, values}: Values): MessageInitShape<typeof TensorProtoSchema> {
  const rawData = new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength);
  return {name, dims: shape.map(BigInt), dataType: TensorProto_DataType.FLOAT, rawData};
}

function valueInfo(name: string, sizes: readonly number[]): MessageInitShape<typeof ValueInfoProtoSchema> {
  const dim = sizes.map((size) => ({value: {case: 'dimValue' as const, value: BigInt(size)}}));
  const value = {elemType: TensorProto_DataType.FLOAT, shape: {dim}};
  return {name, type: {value: {case: 'tensorType', value}}};
}
