/**
 * What Frontdesk is compared with: the least Socket.IO server that relays. It knows nobody, checks nothing and stores
 * nothing; a message goes to the room of its business and is acknowledged at once.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { serveCoordinator } from './subject-port.js';

const http = createServer();
const io = new Server(http, { perMessageDeflate: false, httpCompression: false, serveClient: false });
for (const namespace of ['/visitor', '/staff']) {
  io.of(namespace).on('connection', (socket) => {
    const { room } = socket.handshake.auth as { room: string };
    void socket.join(room);
    socket.on('message:send', (request: { input: { body: string } }, acknowledge: (answer: unknown) => void) => {
      io.of('/staff')
        .to(room)
        .emit('entry:appended', { entry: { body: request.input.body } });
      acknowledge({ ok: true });
    });
  });
}
http.listen(0, '127.0.0.1', () =>
  serveCoordinator({ port: (http.address() as AddressInfo).port, staffOrigin: 'https://desk.example', groups: [] }),
);
