/** RFC 9110, section 13.1.2: what a client has is compared weakly, among several, and `*` is anything. */
import { expect } from 'chai';
import { isUnchanged } from '@frontdesk/server/core/entity-tag';

describe('If-None-Match', () => {
  it('BK-26: one tag, a weak one, one of several, and any', () => {
    for (const header of ['"abc"', 'W/"abc"', '"x", "abc"', 'W/"x" , W/"abc"', '"x","abc"', ' * ', '"a,b", "abc"']) {
      expect(isUnchanged(header, '"abc"'), header).to.equal(true);
    }
    expect(isUnchanged('"abc"', 'W/"abc"')).to.equal(true);
    expect(isUnchanged('"a,b"', '"a,b"')).to.equal(true);
  });

  it('BK-26: no header, another tag, a part of one and no tag at all are answered in full', () => {
    for (const header of [undefined, '', '"abcd"', 'abc', '"x", "y"', '"x, \\"abc\\""', '**', '"*"']) {
      expect(isUnchanged(header, '"abc"'), header).to.equal(false);
    }
  });
});
