import type { FormTable } from './card-form.js';

export const table: FormTable = {
  'form.name': '您的姓名',
  'form.email': '电邮',
  'form.phone': '电话',
  'form.either': '填写其中一项即可。',
  'form.body': '您的留言',
  'form.send': '发送',
  'form.cancel': '取消',
  'form.sending': '正在发送…',
  'form.offline': '没有网络。恢复后会立即发送，请不要关闭此页面。',
  'form.sent': '已发送，谢谢！',
  'form.sentText': '我们会回复到您留下的邮箱或电话。',
  'form.again': '再写一条留言',
  'form.nameMissing': '请填写您的姓名。',
  'form.reachMissing': '请填写电邮或电话号码。',
  'form.emailWrong': '此电邮地址不完整。',
  'form.phoneWrong': '此电话号码不完整。',
  'form.bodyMissing': '请写点内容。',
  'form.failed': '未能发送。请致电我们，或稍后再试。',
  'form.tooMany': '留言过多，请几分钟后再试。',
};
