import type { FilesTable } from './booking-files.js';

export const filesZh: FilesTable = {
  'files.add': '添加文件',
  'files.addOne': '添加文件',
  'files.limits': '{kinds}；每个不超过 {size}，最多 {count} 个文件',
  'files.unsent': '请等所有文件都送达，或将其移除后重新添加。',
  'files.waiting': '等待中',
  'files.retry': '重试',
  'files.retryName': '重试：{name}',
  'files.remove': '移除 {name}',
  'files.problem.kind': '这里不接受这种文件。',
  'files.problem.size': '这个文件太大。',
  'files.problem.count': '文件数量已够。',
  'files.problem.limit': '短时间内发送过多。请等几分钟。',
  'files.problem.network': '没有送达，可能是网络不稳定；其余内容都已保留。',
};
