import { expect, fixture, html } from '@open-wc/testing';
import { createLink, parseRichText, toPlainText } from '@frontdesk/widgets/core/rich-text';
import { renderRichText } from '@frontdesk/widgets/core/render-rich-text';

const ALLOWED_ELEMENTS = new Set(['P', 'UL', 'LI', 'PRE', 'CODE', 'STRONG', 'EM', 'A', 'BDI', 'BR']);
const ALLOWED_ATTRIBUTES = new Set(['href', 'target', 'rel', 'dir', 'tabindex']);
const ALLOWED_PROTOCOLS = new Set(['http:', 'https:', 'mailto:', 'tel:']);

const PAYLOADS: readonly string[] = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<body onload=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href=" &#106;avascript:alert(1)">x</a>',
  '<object data="data:text/html,<script>alert(1)</script>">',
  '<embed src="javascript:alert(1)">',
  '<math><mtext></mtext><mglyph><svg><mtext><style><img src=x onerror=alert(1)>',
  '<template><script>alert(1)</script></template>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<style>@import "//evil.example/x.css"</style>',
  '<link rel=stylesheet href=//evil.example/x.css>',
  '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
  '<base href="//evil.example/">',
  '<form action="javascript:alert(1)"><button>x</button></form>',
  '<input autofocus onfocus=alert(1)>',
  '<details open ontoggle=alert(1)>x</details>',
  '<video><source onerror=alert(1)></video>',
  '<marquee onstart=alert(1)>x</marquee>',
  '"><script>alert(1)</script>',
  '\'"--></style></script><script>alert(1)</script>',
  '${alert(1)}',
  '{{constructor.constructor("alert(1)")()}}',
  '<!--lit-part--><script>alert(1)</script>',
  '<?lit$123$?><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'javascript://example.com/%0aalert(1)',
  'java\u0000script:alert(1)',
  'java\tscript:alert(1)',
  '\u0001javascript:alert(1)',
  'vbscript:msgbox(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
  'blob:https://example.com/uuid',
  'file:///etc/passwd',
  '[click](javascript:alert(1))',
  '![x](https://example.com/x.png" onerror="alert(1))',
  '**<img src=x onerror=alert(1)>**',
  '*<svg/onload=alert(1)>*',
  '`<script>alert(1)</script>`',
  '```\n<script>alert(1)</script>\n```',
  '- <img src=x onerror=alert(1)>\n- <script>alert(1)</script>',
  'https://example.com/"onmouseover="alert(1)',
  "https://example.com/'onmouseover='alert(1)",
  'https://example.com/<script>alert(1)</script>',
  'https://javascript:alert(1)@example.com/',
  'https://google.com@evil.example/',
  'mailto:a@b.example?bcc=victim@example.com&body=x',
  'mailto:javascript:alert(1)@example.com',
  'tel:+1;phone-context=javascript:alert(1)',
  'http://[::1]:80/<img src=x onerror=alert(1)>',
  'https://\u202eelpmaxe.moc/',
  'https://exam\u200bple.com/',
  'https://аpple.com/',
  'www.evil.example/<script>alert(1)</script>',
  `${'**'.repeat(500)}x${'**'.repeat(500)}`,
  '*a'.repeat(2_000),
  '`'.repeat(4_000),
  'http://'.repeat(500),
];

async function render(body: string): Promise<HTMLElement> {
  return fixture<HTMLElement>(html`<div class="rich-text">${renderRichText(body)}</div>`);
}

const linksOf = async (body: string): Promise<HTMLAnchorElement[]> => [...(await render(body)).querySelectorAll('a')];

describe('rich text', () => {
  it('has at least 50 payloads', () => {
    expect(PAYLOADS.length).to.be.at.least(50);
  });

  for (const [index, payload] of PAYLOADS.entries()) {
    it(`CH-30 payload ${index + 1} is inert: ${JSON.stringify(payload.slice(0, 60))}`, async () => {
      let alerts = 0;
      const { alert } = window;
      window.alert = () => void (alerts += 1);
      try {
        const element = await render(payload);
        await new Promise((resolve) => setTimeout(resolve));
        for (const child of element.querySelectorAll('*')) {
          expect(ALLOWED_ELEMENTS.has(child.tagName), child.tagName).to.equal(true);
          for (const { name } of child.attributes) expect(ALLOWED_ATTRIBUTES.has(name), name).to.equal(true);
        }
        for (const link of element.querySelectorAll('a')) {
          expect(ALLOWED_PROTOCOLS.has(link.protocol), link.href).to.equal(true);
          expect(link.username + link.password).to.equal('');
          expect(link.rel).to.equal('noopener noreferrer nofollow ugc');
          expect(link.target).to.equal('_blank');
        }
        expect(alerts).to.equal(0);
      } finally {
        window.alert = alert;
      }
    });
  }

  it('is fast on text made to be slow', () => {
    const started = performance.now();
    for (const seed of ['*', '**', '`', 'a@', 'a.', 'http://', 'www.', '- ', '```\n', '(', '*a ', '**a ']) {
      parseRichText(seed.repeat(Math.ceil(4_000 / seed.length)));
    }
    expect(performance.now() - started).to.be.below(500);
  });

  it('links addresses, without the punctuation of the sentence', async () => {
    const [first, second, third, fourth] = await linksOf(
      'See https://example.com/a_(b). Or www.example.com, mail me@example.com! Call tel:+60123456789.',
    );
    expect(first?.href).to.equal('https://example.com/a_(b)');
    expect(second?.href).to.equal('https://www.example.com/');
    expect(second?.textContent).to.equal('www.example.com');
    expect(third?.href).to.equal('mailto:me@example.com');
    expect(fourth?.href).to.equal('tel:+60123456789');
  });

  it('leaves what only looks like an address as text', async () => {
    for (const text of ['file.txt', 'a@b', 'xhttps://example.com', 'ftp://example.com', 'https://', 'me@example']) {
      expect(await linksOf(text), text).to.have.length(0);
    }
  });

  it('CH-30 makes no link of another scheme, whatever calls it', () => {
    for (const text of [
      'javascript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'blob:https://a.example/1',
      'ftp://a.example',
    ]) {
      expect(createLink(text), text).to.equal(undefined);
    }
  });

  it('shows a host that is not ASCII in its ASCII form', () => {
    expect(createLink('https://аpple.com/login')?.text).to.equal('https://xn--pple-43d.com/login');
    expect(createLink('https://apple.com/login')?.text).to.equal('https://apple.com/login');
    expect(createLink('https://example.com/صفحة')?.text).to.equal('https://example.com/صفحة');
  });

  it('takes invisible and reordering characters out of addresses', () => {
    const link = createLink('https://exam\u200b\u202eple.com/\u2066a');
    expect(link).to.deep.equal({ href: 'https://example.com/a', text: 'https://example.com/a' });
  });

  it('takes overrides out of text, and keeps each line to itself', async () => {
    const element = await render('invoice\u202etxt.exe');
    expect(element.textContent).to.equal('invoicetxt.exe');
    expect(element.querySelector('p')?.dir).to.equal('auto');
  });

  it('draws emphasis, code, lists and line breaks', async () => {
    const element = await render('**bold** *italic* `code`\nnext\n\n- one\n- two\n\n```\na < b\n```');
    expect(element.querySelector('strong')?.textContent).to.equal('bold');
    expect(element.querySelector('em')?.textContent).to.equal('italic');
    expect(element.querySelector('p code')?.textContent).to.equal('code');
    expect(element.querySelectorAll('br')).to.have.length(1);
    expect([...element.querySelectorAll('li')].map(({ textContent }) => textContent)).to.deep.equal(['one', 'two']);
    expect(element.querySelector('pre')?.textContent).to.equal('a < b');
  });

  it('leaves stars that mean something else alone', async () => {
    for (const text of ['2 * 3 * 4', '5*6*7', '* not closed', '**', 'a ** b']) {
      const element = await render(text.startsWith('* ') ? `x ${text}` : text);
      expect(element.querySelector('em, strong'), text).to.equal(null);
    }
  });

  it('makes one line of plain text', () => {
    expect(toPlainText('**Hi**\nthere\n\n- a\n- b')).to.equal('Hi there a, b');
  });
});
