/** Which service day it is at a branch: the calendar day there, turned at the hour when its queue begins anew. */
import type { DeviceSelf } from '@frontdesk/protocol/devices';

/** `dayStart` of locations that never set one. */
const DEFAULT_DAY_START_MS = 4 * 3_600_000;

export function createDayReader(readDevice: () => DeviceSelf | null): (serverMs: number) => string {
  let format: Intl.DateTimeFormat | undefined;
  let zone = '';
  return (serverMs) => {
    const { timeZone = 'UTC' } = readDevice() ?? {};
    if (!format || zone !== timeZone) {
      zone = timeZone;
      format = new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short' });
    }
    return format.format(serverMs - DEFAULT_DAY_START_MS);
  };
}
