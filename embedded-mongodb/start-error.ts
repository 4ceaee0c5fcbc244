/** Turns what the system says when a store cannot start into a sentence that names the path and what to do. */
import { messageOf } from './errors.js';

const elsewhere = 'or name another folder';

/** What is wrong, and what to do about it, by the system's name of the error. */
const remedies: Readonly<Record<string, string>> = {
  EACCES: `this user may not use it. Give it the right to, ${elsewhere}`,
  EPERM: `this user may not use it. Give it the right to, ${elsewhere}`,
  EROFS: `it is on a file system that can only be read. Name a folder on another one`,
  ENOSPC: `the disk is full. Free some space, ${elsewhere}`,
  EDQUOT: `the disk quota is used up. Free some space, ${elsewhere}`,
  EFBIG: `the files of this process may not grow so large. Raise the limit, ${elsewhere}`,
  EEXIST: `a file is in its place. Move the file away, ${elsewhere}`,
  EISDIR: `a folder is in its place. Move it away, ${elsewhere}`,
  ENOTDIR: `a part of the path is a file. Move the file away, ${elsewhere}`,
  ENOENT: `a folder above it does not exist and cannot be made. Make it, ${elsewhere}`,
  ELOOP: `the links in the path lead in a circle. Mend them, ${elsewhere}`,
  ENAMETOOLONG: `the path is too long. Name a folder with a shorter path`,
  EMFILE: 'this process has too many files open. Raise the limit (ulimit -n)',
  ENFILE: 'the system has too many files open. Close some, or raise the limit',
};

/**
 * Runs a step of the start; what it throws says what the step needed.
 * @param what names the thing and its path, such as `The data folder /srv/data`
 * @param hint what to do instead of naming another folder
 */
export function explained<T>(what: string, step: () => T, hint = ''): T {
  try {
    return step();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const remedy = remedies[code];
    // What has no code is a sentence already.
    if (code === '') throw error;
    throw new Error(`${what} cannot be used: ${remedy ?? messageOf(error)} (${code}).${hint}`, { cause: error });
  }
}
