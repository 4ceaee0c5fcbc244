/** What a copy or a rename needs to outlive a power cut: the bytes of a file, the entries of a folder. */
import { closeSync, fsyncSync, openSync } from 'node:fs';

export function flushFile(path: string): void {
  flush(path, 'r+');
}

/** Windows cannot open folders; it writes their entries with the files. */
export function flushFolder(path: string): void {
  if (process.platform !== 'win32') flush(path, 'r');
}

function flush(path: string, mode: 'r' | 'r+'): void {
  const descriptor = openSync(path, mode);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
