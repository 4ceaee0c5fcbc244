import { expect } from 'chai';
import { findProblems } from '#scripts/boundaries.mjs';
import { findLongFunctions } from '#scripts/function-length.mjs';

const messagesOf = (path: string, ...lines: string[]) =>
  findProblems(path, lines.join('\n')).map((problem) => `${problem.line} ${problem.message}`);

describe('boundaries', () => {
  const refused: [title: string, path: string, line: string][] = [
    [
      'a widget importing a validator',
      'widgets/chat/chat.ts',
      "import { messageBody } from '@frontdesk/protocol/fields';",
    ],
    ['a widget importing the whole contract', 'widgets/chat/chat.ts', "import { LOCALES } from '@frontdesk/protocol';"],
    ['a widget lazily importing a validator', 'widgets/chat/chat.ts', "await import('@frontdesk/protocol/chat');"],
    ['a widget importing the server', 'widgets/chat/chat.ts', "import type { X } from '@frontdesk/server/chat';"],
    ['the server importing a widget', 'server/chat/chat.service.ts', "import { x } from '@frontdesk/widgets/core';"],
    ['the protocol importing anything of ours', 'protocol/chat.ts', "import { x } from '@frontdesk/server';"],
    ['the store importing the protocol', 'embedded-mongodb/index.ts', "import { x } from '@frontdesk/protocol/ids';"],
    ['a relative path into another workspace', 'server/app.ts', "import { x } from '../protocol/ids.js';"],
    ['the demo importing an inside', 'demo/start.ts', "import { x } from '@frontdesk/server/chat/chat.store';"],
    ['mongoose in a service', 'server/chat/chat.service.ts', "import { Types } from 'mongoose';"],
    ["another domain's inside", 'server/chat/chat.service.ts', "import { x } from '../auth/auth.store.js';"],
    ["a domain's inside in the composition root", 'server/compose.ts', "import { x } from './auth/auth.store.js';"],
    ['core depending on a domain', 'server/core/bus.ts', "import { x } from '../chat/index.js';"],
    ['markup from a string', 'widgets/chat/chat.ts', 'element.innerHTML = text;'],
    ['storage outside the storage module', 'widgets/chat/chat.ts', "localStorage.getItem('x');"],
    ['the environment outside config', 'server/app.ts', 'const port = process.env.PORT;'],
    ['a socket listener outside the table', 'server/chat/chat.listeners.ts', "socket.on('message:send', run);"],
    ['a physical margin', 'widgets/chat/chat.styles.ts', 'margin-left: 4px;'],
    ['a physical offset', 'widgets/chat/chat.styles.ts', '  right: 0;'],
    ['a physical alignment', 'widgets/chat/chat.styles.ts', 'text-align: left;'],
    ['a test left out', 'tests/server/chat.test.ts', ['it', "skip('x', () => {});"].join('.')],
    ['a promise instead of work', 'server/app.ts', ['// TO', 'DO later'].join('')],
  ];
  for (const [title, path, line] of refused) {
    it(`refuses ${title}`, () => {
      const messages = messagesOf(path, 'const first = 1;', line);
      expect(messages).to.have.length(1);
      expect(messages[0]).to.match(/^2 /);
    });
  }

  const allowed: [title: string, path: string, line: string][] = [
    [
      'types of the contract in a widget',
      'widgets/chat/chat.ts',
      "import type { ChatDto } from '@frontdesk/protocol/chat';",
    ],
    ['inline types in a widget', 'widgets/a.ts', "import { type A, type B } from '@frontdesk/protocol/chat';"],
    ['constants of the contract in a widget', 'widgets/a.ts', "import { LOCALES } from '@frontdesk/protocol/locales';"],
    ['the store in the server', 'server/core/store.ts', "import { start } from '@frontdesk/embedded-mongodb';"],
    ['mongoose in a store', 'server/chat/chat.store.ts', "import { Types } from 'mongoose';"],
    ["another domain's index", 'server/chat/chat.service.ts', "import { x } from '../auth/index.js';"],
    [
      'what a domain declares for its neighbours',
      'server/chat/a.ts',
      "import type { X } from '../auth/auth.types.js';",
    ],
    ['its own inside', 'server/chat/index.ts', "import { x } from './chat.store.js';"],
    ['core from a domain', 'server/chat/index.ts', "import { x } from '../core/bus.js';"],
    ['the public entry in the demo', 'demo/start.ts', "import { createServer } from '@frontdesk/server';"],
    ['the one storage module', 'widgets/core/client/storage.ts', 'const store = indexedDB;'],
    ['the one reader of the environment', 'server/config.ts', 'const env = process.env;'],
    [
      'a logical margin',
      'widgets/chat/chat.styles.ts',
      'margin-inline-start: 4px; inset-inline-end: 0; text-align: start;',
    ],
    ['words in a comment', 'widgets/chat/chat.ts', '// No innerHTML and no localStorage here; margin-left: 4px;'],
    ['an object with a right key', 'widgets/chat/keys.ts', "const keys = { right: 'ArrowRight' };"],
  ];
  for (const [title, path, line] of allowed) {
    it(`allows ${title}`, () => {
      expect(messagesOf(path, line)).to.deep.equal([]);
    });
  }

  it('refuses more than 400 lines without a reason in the header', () => {
    const lines = Array.from({ length: 401 }, (_, index) => `export const x${index} = 0;`).join('\n');
    expect(findProblems('server/a.ts', `${lines}\n`)).to.have.length(1);
    expect(
      findProblems('server/a.ts', `/** Longer than 400 lines because it is one table. */\n${lines}\n`),
    ).to.deep.equal([]);
  });

  describe('function length', () => {
    const body = Array.from({ length: 49 }, (_, index) => `  step(${index});`).join('\n');
    const measure = (source: string) => findLongFunctions('server/a.ts', source).map((problem) => problem.message);

    it('refuses a function of more than 50 lines, by name', () => {
      expect(measure(`function act() {\n${body}\n}\n`)).to.have.length(1);
      expect(measure(`const act = (): void => {\n${body}\n};\n`)[0]).to.match(/^act has 51 lines/);
      expect(measure(`class A {\n  act(): void {\n${body}\n}\n}\n`)[0]).to.match(/^act has 51 lines/);
    });

    it('does not count comments and blank lines', () => {
      expect(measure(`function act() {\n${body.replace('step(0);', '// Why.\n\n')}\n}\n`)).to.deep.equal([]);
    });

    it('measures the functions inside a factory instead of the factory', () => {
      expect(measure(`function createThing() {\n${body}\n${body}\n}\n`)).to.deep.equal([]);
      expect(measure(`function createThing() {\n  function act() {\n${body}\n}\n}\n`)).to.have.length(1);
    });
  });
});
