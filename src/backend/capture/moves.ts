/** Bytes that are copied from one place to another. */
export interface Move {
  from: number;
  to: number;
  bytes: number;
}

/** Copies all at once: what one reads, another may write. */
export function moveAll(memory: WebAssembly.Memory, moves: readonly Move[]): void {
  const bytes = new Uint8Array(memory.buffer);
  const targets = new Set(moves.map(({to}) => to));
  const kept = moves.map(({from, bytes: length}) => (targets.has(from) ? bytes.slice(from, from + length) : undefined));
  moves.forEach(({from, to, bytes: length}, i) => {
    const content = kept[i];
    if (content) bytes.set(content, to);
    else bytes.copyWithin(to, from, from + length);
  });
}
