import { expect } from 'chai';
import { isOriginAllowed } from '@frontdesk/server/tenancy/index';

function isAllowed(allowedOrigins: readonly string[], origin: string | undefined, allowNullOrigin = false): boolean {
  return isOriginAllowed({ allowedOrigins, allowNullOrigin }, origin);
}

describe('isOriginAllowed', () => {
  const exact = ['https://shop.example'];
  const wild = ['https://*.shop.example'];

  const allowed: [title: string, list: readonly string[], origin: string][] = [
    ['the same origin', exact, 'https://shop.example'],
    ['upper case', exact, 'HTTPS://SHOP.EXAMPLE'],
    ['the default port written out', exact, 'https://shop.example:443'],
    ['a list entry with its default port', ['http://shop.example:80'], 'http://shop.example'],
    ['a named port', ['http://localhost:5173'], 'http://localhost:5173'],
    ['an international name against its punycode', ['https://xn--bcher-kva.example'], 'https://bücher.example'],
    ['a sub-domain of a wildcard', wild, 'https://www.shop.example'],
    ['a deep sub-domain of a wildcard', wild, 'https://a.b.shop.example'],
    ['a wildcard with a port', ['http://*.shop.example:8080'], 'http://www.shop.example:8080'],
    ['an IPv6 address', ['http://[::1]:3000'], 'http://[::1]:3000'],
  ];
  for (const [title, list, origin] of allowed) {
    it(`WID-01 allows ${title}`, () => expect(isAllowed(list, origin)).to.equal(true));
  }

  const refused: [title: string, list: readonly string[], origin: string | undefined][] = [
    ['a missing origin', exact, undefined],
    ['an empty origin', exact, ''],
    ['null', exact, 'null'],
    ['null written on the list', ['null'], 'null'],
    ['an empty list', [], 'https://shop.example'],
    ['another scheme', exact, 'http://shop.example'],
    ['another port', exact, 'https://shop.example:8443'],
    ['a sub-domain of an exact entry', exact, 'https://www.shop.example'],
    ['a longer name that ends alike', exact, 'https://evilshop.example'],
    ['a name that begins alike', exact, 'https://shop.example.evil.example'],
    ['the apex of a wildcard', wild, 'https://shop.example'],
    ['an evil suffix of a wildcard', wild, 'https://evilshop.example'],
    ['an empty label before a wildcard', wild, 'https://.shop.example'],
    ['a wildcard from another scheme', wild, 'http://www.shop.example'],
    ['the wildcard itself', wild, 'https://*.shop.example.evil.example'],
    ['userinfo', exact, 'https://shop.example@evil.example'],
    ['userinfo on the right host', exact, 'https://user@shop.example'],
    ['a path', exact, 'https://shop.example/page'],
    ['a trailing slash', exact, 'https://shop.example/'],
    ['a backslash', exact, 'https://evil.example\\shop.example'],
    ['a query', exact, 'https://evil.example?shop.example'],
    ['a fragment', exact, 'https://evil.example#shop.example'],
    ['a space', exact, 'https://shop.example https://evil.example'],
    ['a line break', exact, 'https://shop.example\n'],
    ['percent-encoding', exact, 'https://shop%2eexample'],
    ['a trailing dot', exact, 'https://shop.example.'],
    ['a trailing dot under a wildcard', wild, 'https://www.shop.example.'],
    ['a look-alike in another script', exact, 'https://shоp.example'],
    ['another scheme kind', ['ftp://shop.example'], 'ftp://shop.example'],
    ['a broken list entry', ['https://['], 'https://shop.example'],
    ['an extension page', exact, 'chrome-extension://shop.example'],
  ];
  for (const [title, list, origin] of refused) {
    it(`WID-01 refuses ${title}`, () => expect(isAllowed(list, origin)).to.equal(false));
  }

  it('WID-01 allows null only when the site says so', () => {
    expect(isAllowed([], 'null', true)).to.equal(true);
    expect(isAllowed([], 'NULL', true)).to.equal(false);
  });
});
