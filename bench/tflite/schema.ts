/**
 * What is used of the schema of .tflite files, tflite/converter/schema/schema.fbs of LiteRT: numbers of its enumerations, and
 * the fields of its tables in their order.
 */

export const FILE_IDENTIFIER = 'TFL3';
export const SCHEMA_VERSION = 3;

export const TENSOR_TYPE = {FLOAT32: 0} as const;
export const PADDING = {same: 0, valid: 1} as const;
export const ACTIVATION = {linear: 0, relu: 1} as const;

/** An operator's number, and that of its options among the members of the union BuiltinOptions. */
export const OPERATORS = {
  ADD: {code: 0, options: 11},
  CONV_2D: {code: 3, options: 1},
  FULLY_CONNECTED: {code: 9, options: 8},
  MAX_POOL_2D: {code: 17, options: 5},
  MUL: {code: 18, options: 21},
  RESHAPE: {code: 22, options: 17},
  SOFTMAX: {code: 25, options: 9},
} as const;

export type OperatorName = keyof typeof OPERATORS;

/** Fields that are none of these have their defaults. */
export const FIELDS = {
  Model: ['version', 'operator_codes', 'subgraphs', 'description', 'buffers'],
  OperatorCode: ['deprecated_builtin_code', 'custom_code', 'version', 'builtin_code'],
  SubGraph: ['tensors', 'inputs', 'outputs', 'operators', 'name'],
  Tensor: ['shape', 'type', 'buffer', 'name'],
  Operator: ['opcode_index', 'inputs', 'outputs', 'builtin_options_type', 'builtin_options'],
  Buffer: ['data'],
  ADD: ['fused_activation_function'],
  CONV_2D: ['padding', 'stride_w', 'stride_h', 'fused_activation_function'],
  FULLY_CONNECTED: ['fused_activation_function'],
  MAX_POOL_2D: ['padding', 'stride_w', 'stride_h', 'filter_width', 'filter_height'],
  MUL: ['fused_activation_function'],
  RESHAPE: ['new_shape'],
  SOFTMAX: ['beta'],
} as const;

export type TableName = keyof typeof FIELDS;
export type FieldOf<Table extends TableName> = (typeof FIELDS)[Table][number];
