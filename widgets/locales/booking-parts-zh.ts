import type { PartsTable } from './booking-parts.js';

export const partsZh: PartsTable = {
  'parts.visit': '您的预约内容',
  'parts.which': '您还需要什么？',
  'parts.who': '{service}：您想见哪一位？',
  'parts.toTimes': '返回选择时间',
  'parts.otherService': '选择其他服务',
  'parts.remove': '移除',
  'parts.removeThis': '移除{service}',
  'parts.changeWho': '更改{service}的人员',
};
