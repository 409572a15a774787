/** Why kernels have no WebAssembly function, by family: a kernel is of the first family whose pattern it matches. */
export interface Family {
  title: string;
  kernels: RegExp;
  reason: string;
}

export const families: readonly Family[] = [
  {
    title: 'Strings',
    kernels: /^(String|StaticRegex)/,
    reason: 'Strings are JavaScript values and never on the WebAssembly heap.',
  },
  {
    title: 'Sparse tensors',
    kernels: /^Sparse/,
    reason: 'Index arithmetic whose result has a shape that depends on the values; no layers model calls it.',
  },
  {
    title: 'Ragged tensors',
    kernels: /^Ragged/,
    reason: 'The same: lists of row lengths and splits, before the data that they describe.',
  },
  {
    title: 'Random draws',
    kernels: /^Multinomial$/,
    reason: "The draws of a seed are those of tfjs's generator, which is JavaScript.",
  },
  {
    title: 'Non-maximum suppression',
    kernels: /^NonMaxSuppression/,
    reason: 'One box after the other, each decided by those before it: a queue and not a vector.',
  },
  {
    title: 'Drawing',
    kernels: /^Draw$/,
    reason: 'It paints a canvas of the page.',
  },
  {
    title: 'Distinct values',
    kernels: /^Unique$/,
    reason: 'A hash table, and a result whose shape depends on the values; no layers model calls it.',
  },
  {
    title: 'Others',
    kernels: /./,
    reason: 'No WebAssembly function is written for these.',
  },
];
