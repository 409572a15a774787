import fc from 'fast-check';

/** One step of a chain: an operation on tensors that are there already, and what becomes of one of them then. */
export interface ChainStep {
  operation: number;
  a: number;
  b: number;
  next: string;
}

/** Chains of up to so many steps, of operations that are numbered from 0 on. */
export function chainsOf(operations: number, maxLength: number): fc.Arbitrary<ChainStep[]> {
  return fc.array(
    fc.record({
      operation: fc.nat(operations - 1),
      a: fc.nat(100),
      b: fc.nat(100),
      next: fc.constantFrom('keep', 'keep', 'read', 'dispose'),
    }),
    {minLength: 1, maxLength},
  );
}
