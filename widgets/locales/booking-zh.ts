import type { BookingStartTable } from './booking.js';

export const table: BookingStartTable = {
  'booking.label': '预约',
  'booking.close': '关闭',
  'booking.loading': '请稍候…',
  'booking.unavailable': '暂时无法预约，我们会继续尝试。',
  'booking.nothingOffered': '目前没有可预约的项目。',
  'booking.call': '或致电：',
  'booking.chooseService': '您需要什么服务？',
  'booking.chooseStaff': '您想见哪一位？',
  'booking.anyone': '不限',
  'booking.anyoneText': '可选时间最多',
  'booking.change': '更改',
  'booking.change.service': '更改服务',
  'booking.change.staff': '更改人员',
  'booking.change.time': '更改时间',
  'booking.online': '线上',
};
