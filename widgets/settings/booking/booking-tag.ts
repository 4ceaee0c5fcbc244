/** The tag that a website pastes to take bookings. Pure. */
export const TAG_KINDS = ['inline', 'popup', 'floating', 'manage'] as const;
export type TagKind = (typeof TAG_KINDS)[number];

/** Ids; empty is left to the customer. */
export interface TagChoice {
  readonly kind: TagKind;
  readonly siteKey: string;
  readonly locationId: string;
  readonly serviceId: string;
  readonly staffId: string;
}

const attribute = (name: string, value: string): string => (value === '' ? '' : ` ${name}="${value}"`);

/** `fallback` is what stands there where scripts do not run: words of our own, which need no escaping. */
export function buildTag(serverUrl: string, choice: TagChoice, fallback: string): string {
  const { kind, siteKey, locationId, serviceId, staffId } = choice;
  const script = `<script type="module" src="${serverUrl}/widgets/frontdesk.js" async></script>`;
  const site = attribute('site', siteKey);
  if (kind === 'manage') return `${script}\n<frontdesk-manage-booking${site}></frontdesk-manage-booking>`;
  const view = attribute('view', kind === 'inline' ? '' : kind);
  const presets = attribute('location', locationId) + attribute('service', serviceId) + attribute('staff', staffId);
  return `${script}\n<frontdesk-booking${site}${view}${presets}>${fallback}</frontdesk-booking>`;
}
