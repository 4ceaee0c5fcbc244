import { css, html, nothing, type TemplateResult } from 'lit';
import { parseRichText, type Block, type Inline } from './rich-text.js';

function renderInline(part: Inline): unknown {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'break':
      return html`<br />`;
    case 'code':
      return html`<code>${part.text}</code>`;
    case 'strong':
      return html`<strong>${part.children.map(renderInline)}</strong>`;
    case 'emphasis':
      return html`<em>${part.children.map(renderInline)}</em>`;
    case 'link':
      return html`<a href=${part.href} target="_blank" rel="noopener noreferrer nofollow ugc"
        ><bdi>${part.text}</bdi></a
      >`;
  }
}

function renderBlock(block: Block): TemplateResult {
  switch (block.kind) {
    case 'paragraph':
      return html`<p dir="auto">${block.children.map(renderInline)}</p>`;
    case 'code-block':
      return html`<pre dir="ltr" tabindex="0"><code>${block.text}</code></pre>`;
    case 'list':
      return html`<ul dir="auto">
        ${block.items.map((item) => html`<li>${item.map(renderInline)}</li>`)}
      </ul>`;
  }
}

/** A message body as elements from a closed list: p, ul, li, pre, code, strong, em, a, bdi, br. */
export function renderRichText(body: string): unknown {
  const blocks = parseRichText(body);
  return blocks.length === 0 ? nothing : blocks.map(renderBlock);
}

/** Put the result of {@link renderRichText} into an element with the class `rich-text`. */
export const richTextStyles = css`
  .rich-text {
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .rich-text > * + * {
    margin-block-start: 8px;
  }
  .rich-text p,
  .rich-text li {
    unicode-bidi: plaintext;
  }
  .rich-text ul {
    padding-inline-start: 20px;
    list-style: disc;
  }
  .rich-text a {
    color: inherit;
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .rich-text code {
    font-family: var(--frontdesk-font-mono);
    font-size: 0.92em;
  }
  .rich-text :not(pre) > code {
    padding: 1px 4px;
    border-radius: 4px;
    background: color-mix(in srgb, currentcolor 12%, transparent);
  }
  .rich-text pre {
    margin: 0;
    padding: 8px 12px;
    overflow-x: auto;
    border-radius: var(--frontdesk-radius-control);
    background: color-mix(in srgb, currentcolor 10%, transparent);
    text-align: start;
    white-space: pre;
  }
`;
