import { expect } from 'chai';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { startFaultProxy, type FaultProxy } from './proxy.js';
import { createRandom } from './random.js';

/** Answers every byte with the same byte. */
async function startEcho(): Promise<Server> {
  const echo = createServer((socket) => {
    socket.on('error', () => {});
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  return echo;
}

/** Resolves with what arrived when `bytes` are there, when the connection ends, or after `waitMs`. */
function read(socket: Socket, bytes: number, waitMs = 2_000): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const finish = (): void => {
      clearTimeout(timer);
      resolve(text);
    };
    const timer = setTimeout(finish, waitMs);
    socket.on('error', finish);
    socket.on('close', finish);
    socket.on('data', (piece) => {
      text += piece.toString();
      if (text.length >= bytes) finish();
    });
  });
}

/** A reset is an error event as well; here it is what is waited for. */
function untilClosed(socket: Socket): Promise<void> {
  socket.on('error', () => {});
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

describe('the fault proxy', () => {
  let echo: Server;
  let proxy: FaultProxy;

  beforeEach(async () => {
    echo = await startEcho();
    const { port } = echo.address() as AddressInfo;
    proxy = await startFaultProxy({ targetPort: port, random: createRandom(1) });
  });

  afterEach(async () => {
    await proxy.close();
    echo.close();
  });

  async function open(): Promise<Socket> {
    const socket = connect(proxy.port, '127.0.0.1');
    await once(socket, 'connect');
    return socket;
  }

  it('passes bytes both ways, in order, also one by one', async () => {
    proxy.setFaults({ sliceBytes: 1 });
    const socket = await open();
    const text = 'abcdefghij'.repeat(20);
    socket.write(text);
    expect(await read(socket, text.length)).to.equal(text);
    socket.destroy();
  });

  it('keeps the order under latency and jitter', async () => {
    proxy.setFaults({ latencyMs: 10, jitterMs: 30 });
    const socket = await open();
    const startedAt = performance.now();
    for (const letter of 'abcdef') socket.write(letter);
    expect(await read(socket, 6)).to.equal('abcdef');
    expect(performance.now() - startedAt).to.be.greaterThan(19);
    socket.destroy();
  });

  for (const direction of ['up', 'down'] as const) {
    it(`drops only direction ${direction} and leaves the connection open`, async () => {
      const socket = await open();
      proxy.setFaults({ drop: [direction] });
      socket.write('lost');
      expect(await read(socket, 4, 100)).to.equal('');
      expect(socket.destroyed).to.equal(false);
      proxy.clearFaults();
      socket.write('seen');
      expect(await read(socket, 4)).to.equal('seen');
      socket.destroy();
    });
  }

  it('cuts after an exact number of bytes from the server', async () => {
    const socket = await open();
    const closed = untilClosed(socket);
    proxy.cutAfterDownBytes(3);
    socket.write('abcdef');
    expect(await read(socket, 6)).to.equal('abc');
    await closed;
  });

  it('resets, refuses and swallows connections', async () => {
    const socket = await open();
    const closed = untilClosed(socket);
    socket.write('x');
    await read(socket, 1);
    proxy.resetAll();
    await closed;
    proxy.setFaults({ refuse: true });
    const refused = connect(proxy.port, '127.0.0.1');
    await untilClosed(refused);
    proxy.clearFaults();
    proxy.setFaults({ swallow: true });
    const swallowed = await open();
    swallowed.write('x');
    expect(await read(swallowed, 1, 100)).to.equal('');
    expect(swallowed.destroyed).to.equal(false);
    swallowed.destroy();
  });
});
