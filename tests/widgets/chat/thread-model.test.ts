import { expect } from '@open-wc/testing';
import { buildThread, initialOf } from '@frontdesk/widgets/chat/panel/thread-model';
import { buildMine, buildTheirs } from '@frontdesk/widgets/chat/states';

const shape = (items: ReturnType<typeof buildThread>): string[] =>
  items.map((item) =>
    item.kind === 'group' ? `${item.isMine ? 'me' : item.authorName}×${item.messages.length}` : item.kind,
  );

describe('thread model', () => {
  it('groups by author and minute', () => {
    const items = buildThread(
      [
        buildMine('a'),
        buildMine('b'),
        buildMine('c', { minute: 1 }),
        buildTheirs('d', { minute: 1 }),
        buildTheirs('e', { minute: 1, authorName: 'Ben' }),
        buildTheirs('f', { minute: 1, authorName: 'Ben', authorKind: 'ai' }),
      ],
      null,
    );
    expect(shape(items)).to.deep.equal(['day', 'me×2', 'me×1', 'Aisha×1', 'Ben×1', 'Ben×1']);
  });

  it('says a name again only for another speaker', () => {
    const items = buildThread([buildTheirs('a'), buildTheirs('b', { minute: 3 }), buildMine('c', { minute: 4 })], null);
    const speakers = items.flatMap((item) => (item.kind === 'group' ? [item.isNewSpeaker] : []));
    expect(speakers).to.deep.equal([true, false, true]);
  });

  it('begins a day once, and one minute before midnight is another day', () => {
    const minutesToMidnight = 14 * 60 + 18;
    const items = buildThread(
      [
        buildTheirs('late', { minute: minutesToMidnight }),
        buildTheirs('early', { minute: minutesToMidnight + 1 }),
        buildTheirs('later', { minute: minutesToMidnight + 1 }),
      ],
      null,
    );
    expect(shape(items)).to.deep.equal(['day', 'Aisha×1', 'day', 'Aisha×2']);
  });

  it('CH-14 divides where the unread messages of others begin, inside a minute too', () => {
    const first = buildTheirs('read');
    const items = buildThread([first, buildMine('mine'), buildTheirs('new'), buildTheirs('newer')], first.seq);
    expect(shape(items)).to.deep.equal(['day', 'Aisha×1', 'me×1', 'unread', 'Aisha×2']);
    const together = buildThread([first, buildTheirs('new')], first.seq);
    expect(shape(together)).to.deep.equal(['day', 'Aisha×1', 'unread', 'Aisha×1']);
  });

  it('takes the first letter as readers see it', () => {
    expect(initialOf('aisha')).to.equal('A');
    expect(initialOf(' 👩‍⚕️ Lim')).to.equal('👩‍⚕️');
    expect(initialOf('')).to.equal('');
  });
});
