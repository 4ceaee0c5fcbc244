import type { FilesTable } from './booking-files.js';

export const filesMs: FilesTable = {
  'files.add': 'Tambah fail',
  'files.addOne': 'Tambah fail',
  'files.limits': '{kinds}; setiap satu hingga {size}, paling banyak {count} fail',
  'files.unsent': 'Tunggu sehingga semua fail sampai, atau buang dan tambah semula.',
  'files.waiting': 'Menunggu',
  'files.retry': 'Cuba lagi',
  'files.retryName': 'Cuba lagi: {name}',
  'files.remove': 'Buang {name}',
  'files.problem.kind': 'Jenis fail ini tidak diterima di sini.',
  'files.problem.size': 'Fail ini terlalu besar.',
  'files.problem.count': 'Bilangan fail sudah cukup.',
  'files.problem.limit': 'Terlalu banyak dihantar dalam masa singkat. Sila tunggu beberapa minit.',
  'files.problem.network': 'Fail tidak sampai. Sambungan anda mungkin lemah; yang lain tetap disimpan.',
};
