import type { VerifyTable } from './verify.js';

export const verifyZh: VerifyTable = {
  'verify.title': '请查看您的邮箱',
  'verify.sending': '正在发送验证码…',
  'verify.text': '验证码已发送至 {address}，十分钟内有效。',
  'verify.sent': '验证码已发送至 {address}。',
  'verify.label': '邮件中的验证码',
  'verify.hint': '六位数字。如果没有收到，请也看看垃圾邮件。',
  'verify.confirm': '确认',
  'verify.resend': '重新发送验证码',
  'verify.resendIn': '{time} 后可重新发送',
  'verify.change': '换一个邮箱',
  'verify.format': '请输入全部六位数字。',
  'verify.wrong': { other: '验证码不正确。您还可以试 {count} 次。' },
  'verify.exhausted': '此验证码尝试次数过多，请重新发送。',
  'verify.expired': '此验证码已失效，请重新发送。',
  'verify.early': '请稍等：请使用已收到的验证码，或等待下一个。',
  'verify.unsent': '验证码未能发送，请再试一次。',
  'verify.failed': '没有成功，请再试一次。',
};
