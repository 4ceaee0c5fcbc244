/** A clinic that gives a class too: dates, seats, and people who want them. */
import type { SeatAnswer, SeatHold } from '@frontdesk/protocol/booking-class';
import type { ClassSessionDto } from '@frontdesk/protocol/booking-class-staff';
import type { BookingServiceDto } from '@frontdesk/protocol/booking-fields';
import { createVisitorToken, type ClassSessionId } from '@frontdesk/protocol/ids';
import { at, dateOf, openClinic, type Clinic, type Customer } from './booking.js';
import { dataOf, type TestServer } from './server.js';

export interface Pupil extends Customer {
  readonly name: string;
}

export interface Classroom extends Clinic {
  readonly course: BookingServiceDto;
  /** A date of the class; on the day after tomorrow, unless another hour of it is asked for. */
  addSession(hour: number, more?: { capacity?: number; days?: number }): Promise<ClassSessionDto>;
  pupil(name: string, url?: string): Pupil;
  details(pupil: Pick<Pupil, 'name'>): ReturnType<typeof detailsOf>;
  holdSeats(pupil: Pupil, sessionId: ClassSessionId, seats?: number): Promise<SeatHold>;
  enrol(pupil: Pupil, sessionId: ClassSessionId, seats?: number): Promise<SeatAnswer>;
  wait(pupil: Pupil, sessionId: ClassSessionId, seats?: number): Promise<SeatAnswer>;
  readOwn(answer: SeatAnswer): Promise<SeatAnswer['seat']>;
}

const detailsOf = ({ name }: { readonly name: string }) => ({
  customer: { name, phone: null, email: `${name.toLowerCase().replaceAll(' ', '.')}@example.test` },
  answers: {},
  consents: [],
  locale: 'en' as const,
});

export async function openClassroom(
  test: TestServer,
  options: { service?: object; staff?: number } = {},
): Promise<Classroom> {
  const clinic = await openClinic(test, { staff: 0 });
  const course = await clinic.addService({
    names: { en: 'Mathematics' },
    segments: [{ minutes: 60, needsStaff: true, poolIds: [] }],
    capacity: { min: 2, max: 6 },
    ...options.service,
  });
  const serviceIds = [clinic.service.id, course.id];
  const staff = [];
  for (let made = 1; made <= (options.staff ?? 1); made += 1) {
    staff.push(await clinic.addStaff(`Teacher ${made}`, { serviceIds }));
  }
  const pupil: Classroom['pupil'] = (name, url = test.url) => ({ name, ...clinic.customer(createVisitorToken(), url) });
  const holdSeats: Classroom['holdSeats'] = async (who, sessionId, seats = 1) =>
    dataOf(await who.call('seat:hold', { sessionId, seats }));
  return {
    ...clinic,
    staff,
    course,
    pupil,
    details: detailsOf,
    holdSeats,
    async addSession(hour, { capacity, days = 2 } = {}) {
      const start = at(hour, { days });
      const time = `${String(Math.floor(hour)).padStart(2, '0')}:${hour % 1 === 0 ? '00' : '30'}`;
      const input = { serviceId: course.id, staffId: null, date: dateOf(start), time, weekly: null };
      const { sessions } = await clinic.must('class-session:create', { ...input, capacity: capacity ?? null });
      const [session] = sessions;
      if (!session) throw new Error('The date was not set.');
      return session;
    },
    async enrol(who, sessionId, seats = 1) {
      const { id: enrolmentId } = await holdSeats(who, sessionId, seats);
      return dataOf(await who.call('seat:confirm', { enrolmentId, ...detailsOf(who) }));
    },
    async wait(who, sessionId, seats = 1) {
      return dataOf(await who.call('seat:wait', { sessionId, seats, ...detailsOf(who) }));
    },
    async readOwn({ seatToken }) {
      return dataOf(await clinic.customer().call('seat:read-own', { seatToken })).seat;
    },
  };
}
