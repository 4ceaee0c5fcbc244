/** Numbers about files that answer a question; apart from limits.ts, which comes with the first byte of every form. */

/** A file that answers a question: what owners may allow at most, and what it is unless they say otherwise. */
export const FILE_MAX_BYTES = 10 * 1024 * 1024;
export const FILE_DEFAULT_BYTES = 5 * 1024 * 1024;
export const MAX_FILES_PER_ANSWER = 5;
/** Files travel in parts of this size, so that a network that fails loses one part and not the file. */
export const FILE_PART_BYTES = 256 * 1024;
