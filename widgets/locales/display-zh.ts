import type { DisplayTable } from './display.js';

export const displayZh: DisplayTable = {
  'display.now': '正在叫号',
  'display.call': '{label} 号，{counter}',
  'display.recent': '刚才的叫号',
  'display.none': '您的号码将显示在这里',
  'display.waiting': '{count} 人等候',
  'display.waitingList': '等候人数',
  'display.page': '第 {page} 页，共 {pages} 页',
  'display.stale': '自 {time} 起未更新',
  'display.lastUpdated': '没有连接。最后更新 {time}',
  'display.sound': '点击开启声音',
  'display.fullScreen': '点击进入全屏',
  'display.join': '用手机扫码取号',
  'display.closed': '现在休息',
  'display.opens': '{time} 开门',
  'display.opensOn': '{day} {time} 开门',
  'display.starting': '正在启动…',
};
