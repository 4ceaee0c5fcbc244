import { expect } from 'chai';
import { bookingServiceFields, type ServiceSegment } from '@frontdesk/protocol/booking-fields';
import { specialDay } from '@frontdesk/protocol/hours';
import type { ResourcePoolId } from '@frontdesk/protocol/ids';

const poolIdOf = (index: number) => index.toString(16).padStart(24, '0') as ResourcePoolId;
const isAccepted = (...segments: ServiceSegment[]) => bookingServiceFields.segments.safeParse(segments).success;

describe('the contract of booking', () => {
  it('BK-2: a part of a service lasts whole quanta', () => {
    expect(isAccepted({ minutes: 25, needsStaff: true, poolIds: [] })).to.equal(true);
    expect(isAccepted({ minutes: 27, needsStaff: true, poolIds: [] })).to.equal(false);
    expect(isAccepted({ minutes: 0, needsStaff: true, poolIds: [] })).to.equal(false);
  });

  it('BK-9: a service needs somebody or something, and things of at most five pools', () => {
    const processing = { minutes: 30, needsStaff: false, poolIds: [] };
    expect(isAccepted(processing)).to.equal(false);
    expect(isAccepted(processing, { ...processing, needsStaff: true })).to.equal(true);
    const naming = (...pools: number[]) => ({ minutes: 30, needsStaff: false, poolIds: pools.map(poolIdOf) });
    expect(isAccepted(naming(1, 2, 3), naming(3, 4, 5))).to.equal(true);
    expect(isAccepted(naming(1, 2, 3), naming(4, 5, 6))).to.equal(false);
  });

  it('BK-13: a special day may say that it ends the night before it, and need not', () => {
    const day = { date: '2026-05-14', windows: [], label: null };
    expect(specialDay.parse(day)).to.deep.equal(day);
    expect(specialDay.parse({ ...day, cutsNightBefore: true }).cutsNightBefore).to.equal(true);
  });
});
