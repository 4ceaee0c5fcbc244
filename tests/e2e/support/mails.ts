/** Reads the mails that the server under test wrote into its folder, as their readers would. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MailedLinkKind } from '@frontdesk/widgets/staff/mailed-link';
import type { TestServer } from '../../support/server.js';
import { until } from './stage.js';

function readMailsTo(mailDir: string, address: string): string[] {
  if (!existsSync(mailDir)) return [];
  return readdirSync(mailDir)
    .sort()
    .map((file) => readFileSync(join(mailDir, file), 'utf8'))
    .filter((mail) => mail.includes(`To: ${address}`))
    .map((mail) => mail.replace(/=\r?\n/g, '').replaceAll('=3D', '='));
}

/** Waits for the newest link of this kind that was mailed to the address. */
export async function readMailedLink(app: TestServer, address: string, kind: MailedLinkKind): Promise<string> {
  const pattern = new RegExp(`http\\S+/desk#${kind}=[A-Za-z0-9_-]{43}`);
  const links = await until(
    async () => readMailsTo(app.mailDir, address).flatMap((mail) => pattern.exec(mail)?.[0] ?? []),
    (found) => found.length > 0,
  );
  return links.at(-1)!;
}

/** Waits for the newest code that was mailed to the address. */
export async function readMailedCode(app: TestServer, address: string): Promise<string> {
  const codes = await until(
    async () => readMailsTo(app.mailDir, address).flatMap((mail) => /^Subject: (\d{6}) /m.exec(mail)?.[1] ?? []),
    (found) => found.length > 0,
  );
  return codes.at(-1)!;
}
