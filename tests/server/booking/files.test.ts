/**
 * BK-32: files that answer a question: sent in parts, told by their first bytes, taken by the booking, fetched by staff.
 * One server and the hands that send files to it, all that is done with them: longer than 400 lines.
 */
import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { createIdempotencyKey, createVisitorToken } from '@frontdesk/protocol/ids';
import { FILE_PART_BYTES } from '@frontdesk/protocol/file-limits';
import { at, codeOf, confirmation, MEI, openClinic, type Clinic, type Customer } from '../../support/booking.js';
import { openClassroom, type Classroom } from '../../support/classroom.js';
import { dataOf, startTestServer, type TestServer } from '../../support/server.js';
import { SHOP_ORIGIN } from '../../support/sockets.js';

const ASKED = { isSensitive: false, options: [], onlyIf: null } as const;
const hourMs = 60 * 60 * 1_000;
const partPath = (site: string, file: string, part: number): string => `/v1/${site}/files/${file}/${part}`;
const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
const picture = (size: number): Buffer => Buffer.concat([PNG, randomBytes(size - PNG.length)]);

describe('files of booking', function files() {
  this.timeout(60_000);
  let test: TestServer;
  let clinic: Clinic;
  let aheadMs = 0;

  const PHOTO = {
    ...ASKED,
    key: 'photo',
    type: 'file',
    labels: { en: 'A photo of it' },
    isRequired: true,
    file: { types: ['image/png', 'application/pdf'], maxBytes: 1_000_000, maxCount: 2 },
  } as const;

  before(async () => {
    test = await startTestServer({ clock: { now: () => Date.now() + aheadMs } });
    clinic = await openClinic(test, { staff: 4, service: { questions: [PHOTO] } });
  });
  after(() => test.close());

  const begin = (who: Customer, size: number, { name = 'my photo.png', key = createIdempotencyKey() } = {}) =>
    who.call('file:begin', { serviceIds: [clinic.service.id], questionKey: 'photo', name, size }, key);

  async function put(
    who: Pick<Customer, 'token'>,
    file: string,
    part: number,
    body: Uint8Array,
    more: { headers?: Record<string, string>; site?: string } = {},
  ): Promise<{ status: number; code: string }> {
    const { site = clinic.shop.site.publicKey, headers = {} } = more;
    const response = await fetch(test.url + partPath(site, file, part), {
      method: 'PUT',
      headers: {
        Authorization: `Bearer ${who.token}`,
        Origin: SHOP_ORIGIN,
        'Content-Type': 'application/octet-stream',
        ...headers,
      },
      body: new Uint8Array(body),
    });
    const answer = (await response.json()) as { ok: boolean; error?: { code: string } };
    return { status: response.status, code: answer.error?.code ?? 'OK' };
  }

  async function send(who: Customer, bytes: Buffer, name = 'my photo.png') {
    const { fileId, partBytes } = dataOf(await begin(who, bytes.length, { name }));
    for (let part = 0; part * partBytes < bytes.length; part += 1) {
      const body = bytes.subarray(part * partBytes, (part + 1) * partBytes);
      expect((await put(who, fileId, part, body)).code).to.equal('OK');
    }
    return dataOf(await who.call('file:finish', { fileId }));
  }

  async function sendTo({ course, shop }: Classroom, pupil: Customer, bytes: Buffer): Promise<string> {
    const start = { serviceIds: [course.id], questionKey: 'photo', name: 'x.png', size: bytes.length };
    const { fileId } = dataOf(await pupil.call('file:begin', start));
    expect((await put(pupil, fileId, 0, bytes, { site: shop.site.publicKey })).code).to.equal('OK');
    dataOf(await pupil.call('file:finish', { fileId }));
    return fileId;
  }

  async function book(who: Customer, hour: number, photo: string[]) {
    const hold = await clinic.hold(at(hour), { customer: who });
    return who.call('booking:confirm', { ...confirmation(hold.id), answers: { photo } });
  }

  async function idOf(code: string): Promise<string> {
    const row = await test.server.core.connection.collection('allocations').findOne({ code });
    return String(row?._id);
  }

  const stored = (name: string) => test.server.core.connection.collection(name);

  it('BK-32: a file travels in parts, is kept sealed with the booking, and staff save it as it was', async () => {
    const who = clinic.customer();
    const bytes = picture(FILE_PART_BYTES + 1_000);
    const file = await send(who, bytes, '../../Foto\u202Egnp.exe');
    expect(file).to.include({ questionKey: 'photo', type: 'image/png', size: bytes.length, name: 'Fotognp.exe.png' });
    const { booking } = dataOf(await book(who, 9, [file.id]));
    const parts = await stored('booking_file_parts').find({}).toArray();
    expect(parts.some((row) => Buffer.from(row['bytes'].buffer).includes(PNG))).to.equal(false);
    const ownerId = (await idOf(booking.code)) as never;
    const agenda = await clinic.must('agenda:read', {
      locationId: clinic.locationId,
      from: at(9).slice(0, 10),
      days: 2,
    });
    expect(JSON.stringify(agenda)).to.not.include(file.id);
    const { files } = await clinic.must('booking-file:list', { ownerId });
    expect(files).to.deep.equal([file]);
    const { url } = await clinic.must('booking-file:link', { fileId: file.id });
    const answer = await fetch(url);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).to.equal(true);
    expect(answer.headers.get('content-disposition')).to.match(/^attachment; filename="Fotognp\.exe\.png"/);
    expect(answer.headers.get('x-content-type-options')).to.equal('nosniff');
    expect(answer.headers.get('content-security-policy')).to.include('sandbox');
    const changed = url.replace(/.$/, (last) => (last === 'A' ? 'E' : 'A'));
    expect((await fetch(changed)).status).to.equal(404);
    aheadMs += 6 * 60_000;
    expect((await fetch(url)).status).to.equal(404);
    expect(codeOf(await who.call('file:remove', { fileId: file.id }))).to.equal('OK');
    expect((await clinic.must('booking-file:list', { ownerId })).files).to.have.length(1);
  });

  it('BK-32: size, number and kind are checked by what the bytes are, whatever name and header say', async () => {
    const who = clinic.customer();
    expect(codeOf(await begin(who, 1_000_001))).to.equal('TOO_LARGE');
    for (const page of ['<!doctype html><script>alert(1)</script>', '<svg xmlns="http://www.w3.org/2000/svg"/>']) {
      const { fileId } = dataOf(await begin(who, page.length, { name: 'photo.png' }));
      expect(await put(who, fileId, 0, Buffer.from(page))).to.deep.equal({ status: 415, code: 'UNSUPPORTED_TYPE' });
      expect(codeOf(await who.call('file:finish', { fileId }))).to.equal('NOT_FOUND');
    }
    const jpeg = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), randomBytes(50)]);
    const { fileId: unwanted } = dataOf(await begin(who, jpeg.length));
    expect((await put(who, unwanted, 0, jpeg)).code).to.equal('UNSUPPORTED_TYPE');

    const { fileId } = dataOf(await begin(who, 500));
    expect(codeOf(await who.call('file:finish', { fileId }))).to.equal('CONFLICT');
    expect((await put(who, fileId, 0, picture(501))).code).to.equal('VALIDATION');
    expect((await put(who, fileId, 1, picture(500))).code).to.equal('VALIDATION');
    expect((await put(who, fileId, 0, picture(500), { headers: { 'Content-Type': 'image/png' } })).status).to.equal(
      415,
    );
    expect(await put(who, fileId, 0, picture(FILE_PART_BYTES + 1))).to.deep.equal({ status: 413, code: 'TOO_LARGE' });
    const unfinished = await book(who, 10, [fileId]);
    expect(codeOf(unfinished)).to.equal('VALIDATION');
    expect(!unfinished.result.ok && unfinished.result.error.fields).to.have.property('answers.photo');
    expect(codeOf(await book(who, 10, []))).to.equal('VALIDATION');
    const three = [await send(who, picture(60)), await send(who, picture(60)), await send(who, picture(60))];
    expect(
      codeOf(
        await book(
          who,
          10,
          three.map(({ id }) => id),
        ),
      ),
    ).to.equal('VALIDATION');
    expect(
      codeOf(
        await book(
          who,
          10,
          three.slice(1).map(({ id }) => id),
        ),
      ),
    ).to.equal('OK');
  });

  it('BK-32: a body that is longer than a part is cut off while it is read, with no word of its length before', async () => {
    const who = clinic.customer();
    const { fileId } = dataOf(await begin(who, FILE_PART_BYTES));
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 64 * 1_024;
        if (sent > 64 * 1_024 * 1_024) controller.close();
        else controller.enqueue(sent === 64 * 1_024 ? picture(64 * 1_024) : randomBytes(64 * 1_024));
      },
    });
    const tried = await fetch(test.url + partPath(clinic.shop.site.publicKey, fileId, 0), {
      method: 'PUT',
      headers: {
        Authorization: `Bearer ${who.token}`,
        Origin: SHOP_ORIGIN,
        'Content-Type': 'application/octet-stream',
      },
      body: endless,
      duplex: 'half',
    } as RequestInit).catch(() => null);
    expect(tried?.status ?? 413).to.equal(413);
    expect(sent).to.be.lessThan(32 * 1_024 * 1_024);
    expect(codeOf(await who.call('file:finish', { fileId }))).to.equal('CONFLICT');
  });

  it('BK-32: the same try again is the same file, also at the same moment; another under its key is refused', async () => {
    const who = clinic.customer();
    const key = createIdempotencyKey();
    const twins = await Promise.all(Array.from({ length: 8 }, () => begin(who, 80, { key })));
    expect(new Set(twins.map((twin) => dataOf(twin).fileId)).size).to.equal(1);
    expect(codeOf(await begin(who, 81, { key }))).to.equal('IDEMPOTENCY_MISMATCH');
    const { fileId } = dataOf(await begin(who, 80, { key }));
    const bytes = picture(80);
    const both = await Promise.all([put(who, fileId, 0, bytes), put(who, fileId, 0, bytes)]);
    expect(both.map(({ code }) => code)).to.deep.equal(['OK', 'OK']);
    const first = dataOf(await who.call('file:finish', { fileId }));
    expect(dataOf(await who.call('file:finish', { fileId }))).to.deep.equal(first);
    const hold = await clinic.hold(at(11), { customer: who });
    const input = { ...confirmation(hold.id), answers: { photo: [fileId] } };
    const confirmKey = createIdempotencyKey();
    const answers = await Promise.all([1, 2, 3].map(() => who.call('booking:confirm', input, confirmKey)));
    expect(answers.map(codeOf)).to.deep.equal(['OK', 'OK', 'OK']);
  });

  it('BK-32: a file is its visitor’s and its business’s alone, and staff need the role that reads answers', async () => {
    const who = clinic.customer();
    const mine = await send(who, picture(70));
    const other = clinic.customer();
    expect(codeOf(await other.call('file:finish', { fileId: mine.id }))).to.equal('NOT_FOUND');
    expect((await put(other, mine.id, 0, picture(70))).code).to.equal('NOT_FOUND');
    expect(codeOf(await other.call('file:remove', { fileId: mine.id }))).to.equal('OK');
    expect(codeOf(await book(other, 12, [mine.id]))).to.equal('VALIDATION');
    expect((await put({ token: 'short' }, mine.id, 0, picture(70))).code).to.equal('UNAUTHENTICATED');
    const evil = { headers: { Origin: 'https://evil.example' } };
    expect((await put(who, mine.id, 0, picture(70), evil)).code).to.equal('ORIGIN_NOT_ALLOWED');
    expect((await put(who, createVisitorToken().slice(0, 24), 0, picture(70))).code).to.equal('NOT_FOUND');

    const neighbour = await openClinic(test, { service: { questions: [PHOTO] } });
    const theirSite = { site: neighbour.shop.site.publicKey };
    expect((await put(who, mine.id, 0, picture(70), theirSite)).code).to.equal('NOT_FOUND');
    const foreign = { serviceIds: [neighbour.service.id], questionKey: 'photo', name: 'x', size: 10 };
    expect(codeOf(await who.call('file:begin', foreign))).to.equal('NOT_FOUND');
    const { booking } = dataOf(await book(who, 12, [mine.id]));
    const ownerId = (await idOf(booking.code)) as never;
    expect((await neighbour.must('booking-file:list', { ownerId })).files).to.deep.equal([]);
    expect(codeOf(await neighbour.ask('booking-file:link', { fileId: mine.id }))).to.equal('NOT_FOUND');
    for (const [role, expected] of [
      ['viewer', 'FORBIDDEN'],
      ['agent', 'OK'],
    ] as const) {
      const ask = await clinic.as(role);
      expect(codeOf(await ask('booking-file:list', { ownerId })), role).to.equal(expected);
      expect(codeOf(await ask('booking-file:link', { fileId: mine.id })), role).to.equal(expected);
    }
    const byStaff = {
      serviceId: clinic.service.id,
      staffId: null,
      start: at(13),
      customer: MEI,
      answers: { photo: [mine.id] },
    };
    expect(codeOf(await clinic.ask('booking:create', byStaff))).to.equal('VALIDATION');
  });

  it('BK-32: in a visit of several services each may ask for a file', async () => {
    const second = await clinic.addService({ questions: [{ ...PHOTO, key: 'letter' }] });
    const { resources } = await clinic.must('booking:read-setup', { locationId: clinic.locationId });
    for (const { id: resourceId } of resources) {
      await clinic.must('resource:update', { resourceId, serviceIds: [clinic.service.id, second.id] });
    }
    const who = clinic.customer();
    const bytes = picture(50);
    const photo = await send(who, bytes);
    const asked = { questionKey: 'letter', name: 'letter.png', size: bytes.length };
    const { fileId } = dataOf(await who.call('file:begin', { serviceIds: [clinic.service.id, second.id], ...asked }));
    expect((await put(who, fileId, 0, bytes)).code).to.equal('OK');
    dataOf(await who.call('file:finish', { fileId }));
    const wish = { serviceId: clinic.service.id, staffId: null, start: at(15.5) };
    const followedBy = [{ serviceId: second.id, staffId: null }];
    const hold = dataOf(await who.call('hold:create', { ...wish, followedBy }));
    const swapped = { photo: [fileId], letter: [photo.id] };
    expect(codeOf(await who.call('booking:confirm', { ...confirmation(hold.id), answers: swapped }))).to.equal(
      'VALIDATION',
    );
    const answers = { photo: [photo.id], letter: [fileId] };
    const { booking } = dataOf(await who.call('booking:confirm', { ...confirmation(hold.id), answers }));
    const { files } = await clinic.must('booking-file:list', { ownerId: await idOf(booking.code) });
    expect(files.map(({ questionKey }) => questionKey).sort()).to.deep.equal(['letter', 'photo']);
  });

  it('BK-32: what nobody took is deleted after an hour, and what a booking took stays, also when a server died in between', async () => {
    const who = clinic.customer();
    const [lost, kept] = [await send(who, picture(FILE_PART_BYTES + 9)), await send(who, picture(90))];
    dataOf(await book(who, 14, [kept.id]));
    // As a server leaves it that died after the booking was written.
    await stored('booking_files').updateOne({ ownerId: { $ne: null }, size: 90 }, { $set: { expiresAt: new Date() } });
    aheadMs += hourMs - 60_000;
    await test.server.booking.files.sweep();
    const ids = async () => (await stored('booking_files').find({}).toArray()).map(({ _id }) => String(_id));
    expect(await ids()).to.include.members([lost.id, kept.id]);
    aheadMs += 2 * 60_000;
    await Promise.all([test.server.booking.files.sweep(), test.server.booking.files.sweep()]);
    expect(await ids()).to.include(kept.id);
    expect(await ids()).to.not.include(lost.id);
    const parts = await stored('booking_file_parts').find({}).toArray();
    expect(parts.map(({ fileId }) => String(fileId))).to.not.include(lost.id);
    expect(codeOf(await book(who, 15, [lost.id]))).to.equal('VALIDATION');
  });

  it('BK-32: files of a booking that is taken back at once serve the next try, and are deleted when there is none', async () => {
    const ofDay = (maxPerCustomerPerDay: number | null) =>
      clinic.must('booking-service:update', { serviceId: clinic.service.id, maxPerCustomerPerDay });
    const tries = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        const who = clinic.customer();
        const start = at(9 + index / 2, { days: 4 });
        const { id } = await clinic.hold(start, { customer: who });
        const { id: file } = await send(who, picture(60 + index));
        const input = { ...confirmation(id), answers: { photo: [file] }, proof: await who.prove(), website: '' };
        return { who, start, file, input };
      }),
    );
    await ofDay(1);
    // Each is written before it sees the others.
    const answers = await Promise.all(tries.map(({ who, input }) => who.call('booking:confirm', input)));
    await ofDay(null);
    const undone = tries.filter((_, index) => codeOf(answers[index]!) === 'CAP_REACHED');
    expect(undone).to.have.length.above(1);
    const [again, ...lost] = undone;
    if (!again) throw new Error('Nothing was taken back.');
    const { id } = await clinic.hold(again.start, { customer: again.who });
    const input = { ...confirmation(id), answers: { photo: [again.file] } };
    expect(codeOf(await again.who.call('booking:confirm', input))).to.equal('OK');
    aheadMs += hourMs + 60_000;
    await test.server.booking.files.sweep();
    const ids = (await stored('booking_files').find({}).toArray()).map(({ _id }) => String(_id));
    expect(ids).to.include(again.file);
    for (const { file } of lost) expect(ids).to.not.include(file);
  });

  it('BK-32: however many tries of one request come at once, the entry in a line keeps the file that it names', async () => {
    const room = await openClassroom(test, { staff: 1, service: { questions: [PHOTO] } });
    const { id: sessionId } = await room.addSession(10);
    const pupil = room.pupil('Nur');
    const fileId = await sendTo(room, pupil, picture(80));
    const input = { sessionId, seats: 1, ...room.details(pupil), answers: { photo: [fileId] }, website: '' };
    const key = createIdempotencyKey();
    const proofs = await Promise.all(Array.from({ length: 20 }, () => pupil.prove()));
    const answers = await Promise.all(proofs.map((proof) => pupil.call('seat:wait', { ...input, proof }, key)));
    expect(answers.map(codeOf)).to.deep.equal(answers.map(() => 'OK'));
    const row = await stored('allocations').findOne({ 'session.entries.customer.name': 'Nur' });
    const session = row?.['session'] as { entries: { id: unknown }[] } | undefined;
    const [file] = await stored('booking_files')
      .find({ ownerId: String(session?.entries[0]?.id) })
      .toArray();
    expect(String(file?._id)).to.equal(fileId);
    expect(file).to.not.have.property('expiresAt');
  });

  it('BK-32: a file that a booking has is not taken by another one, also before the first one keeps it', async () => {
    const who = clinic.customer();
    const { id: file } = await send(who, picture(75));
    const { booking } = dataOf(await book(who, 16, [file]));
    const ownerId = await idOf(booking.code);
    // As it is between the write of the booking and the last step.
    await stored('booking_files').updateOne(
      { ownerId },
      { $set: { expiresAt: new Date(Date.now() + aheadMs + hourMs) } },
    );
    expect(codeOf(await book(who, 16.5, [file]))).to.equal('VALIDATION');
    expect((await stored('booking_files').find({ ownerId }).toArray()).map(({ _id }) => String(_id))).to.deep.equal([
      file,
    ]);
  });

  it('BK-33: export names the files and hands them out, erasure deletes them, of bookings and of seats', async () => {
    const room = await openClassroom(test, { staff: 1, service: { questions: [{ ...PHOTO, isRequired: false }] } });
    const email = 'lim@example.test';
    const pupil = room.customer();
    const bytes = picture(200);
    const fileId = await sendTo(room, pupil, bytes);
    const { id: sessionId } = await room.addSession(10);
    const hold = dataOf(await pupil.call('seat:hold', { sessionId, seats: 1 }));
    const details = { customer: { name: 'Lim', phone: null, email }, answers: { photo: [fileId] }, consents: [] };
    dataOf(await pupil.call('seat:confirm', { enrolmentId: hold.id, ...details, locale: 'en' }));
    const person = { phone: null, email };
    const { seats } = await room.must('booking:export-person', person);
    const [exported] = seats[0]?.files ?? [];
    expect(exported).to.include({ id: fileId, name: 'x.png' });
    const fetched = await fetch(exported?.url ?? '');
    expect(Buffer.from(await fetched.arrayBuffer()).equals(bytes)).to.equal(true);
    expect(await room.must('booking:erase-person', { ...person, reason: 'Asked' })).to.deep.equal({ erased: 1 });
    expect((await fetch(exported?.url ?? '')).status).to.equal(404);
    for (const name of ['booking_files', 'booking_file_parts']) {
      const rows = JSON.stringify(
        await stored(name)
          .find({}, { projection: { bytes: 0 } })
          .toArray(),
      );
      expect(rows).to.not.include(fileId);
    }
  });
});

describe('limits of files', () => {
  it('BK-32: a visitor has so many files waiting, and a network sends so much', async function many() {
    this.timeout(60_000);
    const test = await startTestServer({ env: { RATE_LIMIT_MULTIPLIER: '1' } });
    try {
      const file = { types: ['image/png'], maxBytes: 10 * 1024 * 1024, maxCount: 5 };
      const question = { ...ASKED, key: 'photo', type: 'file', labels: { en: 'Photo' }, isRequired: false, file };
      const clinic = await openClinic(test, { service: { questions: [question] } });
      const serviceIds = [clinic.service.id];
      const begin = (who: Customer) =>
        who.call('file:begin', { serviceIds, questionKey: 'photo', name: 'x', size: file.maxBytes });
      const eager = clinic.customer();
      const answers = await Promise.all(Array.from({ length: 19 }, () => begin(eager)));
      answers.push(await begin(eager));
      expect(answers.map(codeOf)).to.deep.equal(answers.map(() => 'OK'));
      expect(codeOf(await begin(eager))).to.equal('CAP_REACHED');
      const answer = await begin(clinic.customer());
      expect(codeOf(answer)).to.equal('RATE_LIMITED');
      expect(answer.headers.get('Retry-After')).to.match(/^\d+$/);
    } finally {
      await test.close();
    }
  });
});
