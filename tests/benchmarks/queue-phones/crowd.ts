/** A part of the crowd, in a process of its own, so that the phones do not wait for each other's work. */
import { openPhone, type Phone } from './phone.js';
import type { CrowdAnswer, CrowdQuestion } from './port.js';

/** Handshakes that this process has open at a time. */
const CONCURRENT_OPENS = 100;

const phones: Phone[] = [];
let orders = new Map<number, number[]>();
let calls: { label: string; atMs: number }[] = [];

function say(answer: CrowdAnswer): void {
  process.send?.(answer);
}

async function open({ url, tokens, spreadMs }: Extract<CrowdQuestion, { ask: 'open' }>): Promise<void> {
  const failures: string[] = [];
  const queue = [...tokens];
  const one = async (): Promise<void> => {
    for (let token = queue.pop(); token !== undefined; token = queue.pop()) {
      const phone = await openPhone(url, token, {
        handleOrder(_phone, orderRev) {
          const times = orders.get(orderRev) ?? [];
          times.push(Date.now());
          orders.set(orderRev, times);
        },
        handleChanged(_phone, { ticket }) {
          if (ticket.state === 'called') calls.push({ label: ticket.label, atMs: Date.now() });
        },
      }).catch((error: unknown) => void failures.push(String(error)));
      if (phone) phones.push(phone);
    }
  };
  await new Promise((resolve) => setTimeout(resolve, Math.random() * spreadMs));
  await Promise.all(Array.from({ length: CONCURRENT_OPENS }, one));
  say({ kind: 'opened', count: phones.length, failures: failures.slice(0, 5) });
}

function report(): void {
  say({
    kind: 'report',
    orders: Object.fromEntries(orders),
    calls,
    rereads: phones.reduce((sum, phone) => sum + phone.rereads, 0),
    places: Object.fromEntries(phones.map(({ state, ahead }) => [state.ticket.label, ahead])),
  });
}

process.on('message', (question: CrowdQuestion) => {
  switch (question.ask) {
    case 'open':
      return void open(question);
    case 'listen':
      orders = new Map();
      calls = [];
      return say({ kind: 'listening' });
    case 'report':
      return report();
    case 'close':
      for (const phone of phones.splice(0)) phone.close();
      return say({ kind: 'closed' });
  }
});
process.once('disconnect', () => process.exit(0));
