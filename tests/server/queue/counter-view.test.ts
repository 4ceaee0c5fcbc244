/** What a console is told of the line and of who stands at its counter, and what it is not told. */
import { expect } from 'chai';
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import type { CounterId } from '@frontdesk/protocol/ids';
import type { Role } from '@frontdesk/protocol/vocabulary';
import type { StaffSocket } from '../../support/sockets.js';
import { dataOf } from '../../support/server.js';
import { startWorkday, type Workday } from '../../support/workday.js';

const PERSON = { name: 'Siti Nurhaliza', phone: '+60123456789', note: 'Uses a wheelchair' };
const SAID = /Siti|60123456789|wheelchair/;

describe('the view of a counter', function counterViews() {
  this.timeout(30_000);
  let day: Workday;
  let counterId: CounterId;
  const sockets: StaffSocket[] = [];

  beforeEach(async () => {
    day = await startWorkday('2026-03-02T02:00:00Z', {
      service: { askName: 'optional', askPhone: 'optional', typicalMinutes: 10, targetWaitMinutes: 15 },
    });
    counterId = day.branch.counter.id;
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.close();
    await day.close();
  });

  const read = (id = counterId) => day.must<CounterView>('counter:read', { counterId: id });
  const onCurrent = async (name: string, more: object = {}): Promise<CounterView> => {
    const { current } = await read();
    return day.must<CounterView>(name, { counterId, ticketId: current?.ticket.id, ...more });
  };

  /** The console of a member with this role, over a socket. */
  async function watch(role: Role): Promise<StaffSocket> {
    const { shop } = day.branch;
    const socket = shop.staff(await shop.signIn((await shop.addMember(role, `The ${role}`)).email));
    sockets.push(socket);
    await socket.ready();
    dataOf({ result: await socket.call('counter:read', { counterId }) });
    return socket;
  }

  it('QC-10 name, phone and note stand at the serving counter alone, and nowhere after', async () => {
    const { provision } = day.test.server.queue;
    const other = await provision.addCounter({ tenantId: day.branch.shop.site.tenantId }, day.branch.locationId, {
      label: 'Counter 2',
      serviceIds: [day.branch.service.id],
    });
    await day.issue(PERSON);
    expect(JSON.stringify(await read()), 'while it waits').to.not.match(SAID);
    const called = await day.must<CounterView>('ticket:call-next', { counterId });
    expect(called.current?.ticket.person).to.deep.equal(PERSON);
    expect(JSON.stringify(await read(other.id)), 'at another counter').to.not.match(SAID);
    await onCurrent('ticket:start');
    expect(JSON.stringify(await onCurrent('ticket:complete', { outcome: null })), 'afterwards').to.not.match(SAID);
  });

  it('QC-10 whoever may only watch is told no name, neither when asking nor when something changes', async () => {
    const [agent, viewer] = [await watch('agent'), await watch('viewer')];
    await day.issue(PERSON);
    await day.must('ticket:call-next', { counterId });
    type Fact = { readonly view: CounterView };
    const isCalled = ({ view }: Fact): boolean => view.current !== null;
    const told = await agent.fact<Fact>('counter:changed', isCalled);
    expect(told.view.current?.ticket.person).to.deep.equal(PERSON);
    await viewer.fact<Fact>('counter:changed', isCalled);
    const asked = await viewer.call('counter:read', { counterId });
    expect(dataOf<CounterView>({ result: asked }).current).to.not.equal(null);
    expect(JSON.stringify([viewer.heard, asked])).to.not.match(SAID);
  });

  it('QC-11 counts who waits, the longest wait and who waits too long, and previews the three who are called next', async () => {
    await day.issue();
    day.wait(16);
    for (let count = 0; count < 3; count += 1) await day.issue();
    const { waiting, next } = await read();
    expect(waiting).to.deep.equal([
      { serviceId: day.branch.service.id, count: 4, longestSeconds: 16 * 60, breaches: 1 },
    ]);
    const called: (string | undefined)[] = [];
    for (let count = 0; count < 3; count += 1) {
      const { current } = await day.must<CounterView>('ticket:call-next', { counterId });
      called.push(current?.ticket.label);
      await onCurrent('ticket:complete', { outcome: null });
    }
    expect(next.map(({ ticket }) => ticket.label)).to.deep.equal(called);
  });

  it('QC-14 a service is long when it takes more than three times the usual', async () => {
    await day.issue();
    await day.must('ticket:call-next', { counterId });
    await onCurrent('ticket:start');
    day.wait(30);
    expect((await read()).current).to.include({ isLong: false });
    day.wait(1);
    expect((await read()).current).to.include({ isLong: true });
  });
});
