import { expect } from 'chai';
import { addressPrefix, clientAddress } from '@frontdesk/server/core/address';

describe('client address', () => {
  it('LIM-01 ignores X-Forwarded-For without a trusted proxy, whatever it says', () => {
    expect(clientAddress('203.0.113.7', '1.2.3.4', 0)).to.equal('203.0.113.7');
    expect(clientAddress('203.0.113.7', '1.2.3.4, 5.6.7.8', 0)).to.equal('203.0.113.7');
  });

  it('LIM-01 believes exactly as many hops as there are trusted proxies', () => {
    expect(clientAddress('10.0.0.1', '6.6.6.6, 203.0.113.7', 1)).to.equal('203.0.113.7');
    expect(clientAddress('10.0.0.1', '6.6.6.6, 203.0.113.7, 10.0.0.2', 2)).to.equal('203.0.113.7');
    expect(clientAddress('10.0.0.1', undefined, 1)).to.equal('10.0.0.1');
  });

  it('cuts IPv6 to its /64 and keeps IPv4', () => {
    expect(addressPrefix('203.0.113.7')).to.equal('203.0.113.7');
    expect(addressPrefix('::ffff:203.0.113.7')).to.equal('203.0.113.7');
    expect(addressPrefix('2001:db8:1:2:3:4:5:6')).to.equal('2001:db8:1:2::/64');
    expect(addressPrefix('2001:db8::1')).to.equal('2001:db8:0:0::/64');
    expect(addressPrefix('::1')).to.equal('0:0:0:0::/64');
    expect(addressPrefix('not an address')).to.equal('unknown');
  });
});
