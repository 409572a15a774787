import type {InputSpec, KernelCase} from '../../test/cases';

/** What is swept: tensors of a thousand, a hundred thousand and a million elements, as matrices and as images. */
export interface Size {
  elements: number;
  matrix: readonly [number, number];
  /** A batch of images, NHWC. */
  images: readonly [number, number, number, number];
}

export const sizes: readonly Size[] = [
  {elements: 1024, matrix: [32, 32], images: [1, 8, 8, 16]},
  {elements: 100352, matrix: [448, 224], images: [4, 28, 28, 32]},
  {elements: 1048576, matrix: [1024, 1024], images: [32, 32, 32, 32]},
];

/** A case named by what distinguishes it from the others of its kernel. */
export function sweepCase(kernel: string, inputs: KernelCase['inputs'], attrs: KernelCase['attrs'] = {}): KernelCase {
  const specs: InputSpec[] = Object.values(inputs);
  const shapes = specs.map(({shape, dtype = 'float32'}) => `${dtype === 'float32' ? '' : `${dtype} `}[${shape}]`);
  const given = Object.keys(attrs).length > 0 ? ` ${JSON.stringify(attrs)}` : '';
  return {kernel, name: shapes.join(' ') + given, inputs, attrs};
}
