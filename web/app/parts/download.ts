import type {ModelFile} from '../../lab/models/types';

/** Hands a file to the browser's downloads. */
export function download({name, content}: ModelFile): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The download has begun by then; the address would keep the bytes in memory.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
