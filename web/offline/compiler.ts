/** How the file of the compiler of models begins: 13 MB that few visitors need, so that it is kept once it was used. */
export const COMPILER = 'assets/binaryen-';
