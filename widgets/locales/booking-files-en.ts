/** English: the source of the keys of answering with files. */
export const filesEn = {
  'files.add': 'Add files',
  'files.addOne': 'Add a file',
  'files.limits': {
    one: '{kinds}; each up to {size}, one file',
    other: '{kinds}; each up to {size}, at most {count} files',
  },
  'files.unsent': 'Wait until every file is there, or remove it and add it again.',
  'files.waiting': 'Waiting',
  'files.retry': 'Try again',
  'files.retryName': 'Try again: {name}',
  'files.remove': 'Remove {name}',
  'files.problem.kind': 'This kind of file is not accepted here.',
  'files.problem.size': 'This file is too large.',
  'files.problem.count': 'There are enough files already.',
  'files.problem.limit': 'Too much was sent in a short time. Please wait a few minutes.',
  'files.problem.network': 'It did not arrive. Your connection may be weak; the rest is kept.',
} as const;

export type FilesKey = keyof typeof filesEn;
