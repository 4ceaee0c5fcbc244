/** Reads the mails that the server writes as files while no SMTP server is configured, as their receiver would. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 50;
const TIMEOUT_MS = 20_000;

/** Undoes quoted-printable as far as a link needs it: soft line breaks and the equals sign. */
function unfold(mail: string): string {
  return mail.replace(/=\r?\n/g, '').replaceAll('=3D', '=');
}

async function findToken(mailDir: string, address: string, kind: string): Promise<string | undefined> {
  const files = await readdir(mailDir).catch(() => []);
  for (const file of files.toSorted((one, other) => (one < other ? 1 : -1))) {
    const mail = unfold(await readFile(join(mailDir, file), 'utf8'));
    if (!mail.toLowerCase().includes(address)) continue;
    const token = new RegExp(`#${kind}=([A-Za-z0-9_-]{43})`).exec(mail)?.[1];
    if (token) return token;
  }
  return undefined;
}

/** Waits for the mail with a link of this kind (`verify`, `invite`) and answers the link's token. */
export async function waitForMailedToken(mailDir: string, address: string, kind: string): Promise<string> {
  const deadline = Date.now() + TIMEOUT_MS;
  while (Date.now() < deadline) {
    const token = await findToken(mailDir, address, kind);
    if (token) return token;
    await delay(POLL_MS);
  }
  throw new Error(`No mail with a link to ${kind} came for ${address}`);
}
