/**
 * Fills an empty server with a clinic that has been busy for three days. The server under it listens on a port of its
 * own, forgives the haste (rate limits) and tells a time that runs from the past up to now; it is closed again before
 * the real one starts on the same data.
 */
import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createServer, type Config } from '@frontdesk/server';
import {
  createVisitorToken,
  type CardId,
  type ConversationId,
  type MembershipId,
  type SiteKey,
  type TeamId,
} from '@frontdesk/protocol/ids';
import type { SessionDto } from '@frontdesk/protocol/auth';
import {
  BUSINESS_NAME,
  CARD,
  COLLEAGUES,
  CONVERSATIONS,
  DEMO_PASSWORD,
  OWNER,
  SITE,
  TEAMS,
  type DemoConversation,
  type DemoMember,
} from './clinic.js';
import { waitForMailedToken } from './mailbox.js';
import { furnishTuition } from './seed-tuition.js';
import { TUITION_NAME, TUITION_OWNER } from './tuition.js';
import { createSeedClient, type SeedClient } from './seed-client.js';
import { furnishBooking } from './seed-booking.js';
import { furnishWaitingRoom, playHistory, type WaitingRoom } from './seed-queue.js';
import { TIME_ZONE } from './time-zone.js';

const MINUTE_MS = 60_000;
/** Three mornings in the waiting room, then the conversations. */
const FIRST_DAY_MINUTES_AGO = 7 * 24 * 60;
const HASTE = 1_000;

interface Seeding {
  readonly client: SeedClient;
  readonly mailDir: string;
  readonly siteOrigin: string;
  /** Lets the server believe that it is this many minutes ago. Only ever called with smaller numbers. */
  readonly setMinutesAgo: (minutes: number) => void;
}

interface Workspace {
  readonly siteKey: SiteKey;
  readonly memberIds: ReadonlyMap<string, MembershipId>;
  readonly teamIds: ReadonlyMap<string, TeamId>;
}

const firstNameOf = (name: string) => name.split(' ')[0] ?? name;
const memberByFirstName = (name: string): DemoMember =>
  [OWNER, ...COLLEAGUES].find((member) => firstNameOf(member.name) === name) ?? OWNER;

async function signIn({ client }: Seeding, email: string): Promise<string> {
  const session = await client.callPublic<SessionDto>('session:sign-in', { email, password: DEMO_PASSWORD });
  return session.accessToken;
}

async function openBusiness(
  { client, mailDir }: Seeding,
  { email, name }: DemoMember,
  businessName: string,
): Promise<string> {
  const locale = 'en';
  await client.callPublic('account:sign-up', {
    email,
    name,
    password: DEMO_PASSWORD,
    businessName,
    locale,
  });
  const token = await waitForMailedToken(mailDir, email, 'verify');
  const session = await client.callPublic<SessionDto>('account:verify-email', { token });
  return session.accessToken;
}

async function inviteColleagues({ client, mailDir }: Seeding, accessToken: string): Promise<void> {
  for (const { email, name, role } of COLLEAGUES) {
    await client.callStaff(accessToken, 'invitation:create', { email, role });
    const token = await waitForMailedToken(mailDir, email, 'invite');
    await client.callPublic('invitation:accept', { token, name, password: DEMO_PASSWORD });
  }
}

async function furnish(seeding: Seeding): Promise<Workspace> {
  const { client, siteOrigin } = seeding;
  const accessToken = await openBusiness(seeding, OWNER, BUSINESS_NAME);
  await client.callStaff(accessToken, 'tenant:update', { timeZone: TIME_ZONE });
  const site = await client.callStaff(accessToken, 'site:create', { name: SITE.name, allowedOrigins: [siteOrigin] });
  await client.callStaff(accessToken, 'site:update', { siteId: site.id, theme: SITE.theme, greeting: SITE.greeting });
  const teamIds = new Map<string, TeamId>();
  for (const name of TEAMS) teamIds.set(name, (await client.callStaff(accessToken, 'team:create', { name })).id);
  await inviteColleagues(seeding, accessToken);
  const { members } = await client.callStaff(accessToken, 'member:list', {});
  const memberIds = new Map(members.map((member) => [firstNameOf(member.name), member.id]));
  return { siteKey: site.publicKey, memberIds, teamIds };
}

async function sortIntoPlace(
  seeding: Seeding,
  workspace: Workspace,
  conversationId: ConversationId,
  { assignee, team, labels, priority, status }: DemoConversation,
): Promise<void> {
  const { client } = seeding;
  const set = {
    ...(assignee && { assigneeId: workspace.memberIds.get(assignee) }),
    ...(team && { teamId: workspace.teamIds.get(team) }),
    ...(labels && { labels: [...labels] }),
    ...(priority && { priority }),
    ...(status && { status }),
  };
  if (Object.keys(set).length === 0) return;
  const accessToken = await signIn(seeding, OWNER.email);
  const { conversation } = await client.callStaff(accessToken, 'conversation:read', { conversationId });
  await client.callStaff(accessToken, 'conversation:update', { conversationId, ifRev: conversation.rev, set });
}

async function playConversation(seeding: Seeding, workspace: Workspace, talk: DemoConversation): Promise<void> {
  const { client, siteOrigin, setMinutesAgo } = seeding;
  const visitor = { site: workspace.siteKey, token: createVisitorToken(), origin: siteOrigin };
  const [first, ...rest] = talk.turns;
  setMinutesAgo(talk.startedMinutesAgo);
  const { conversation } = await client.callVisitor(visitor, 'conversation:start', {
    body: first.text,
    locale: talk.locale,
    page: { url: `${siteOrigin}${talk.page.path}`, title: talk.page.title },
    ...(talk.name && { name: talk.name }),
    ...(talk.email && { email: talk.email }),
  });
  const conversationId = conversation.id;
  for (const [index, turn] of rest.entries()) {
    setMinutesAgo(talk.startedMinutesAgo - (index + 1) * talk.minutesPerTurn);
    if (turn.from === 'visitor') {
      await client.callVisitor(visitor, 'message:send', { conversationId, body: turn.text });
      continue;
    }
    const accessToken = await signIn(seeding, memberByFirstName(turn.from).email);
    const { conversation: seen } = await client.callStaff(accessToken, 'conversation:read', { conversationId });
    const message = { conversationId, body: turn.text };
    if ('isNote' in turn) await client.callStaff(accessToken, 'note:add', message);
    else {
      await client.callStaff(accessToken, 'message:send', { ...message, seenSeq: seen.head });
      await client.callStaff(accessToken, 'conversation:mark', { conversationId, readUpTo: seen.head });
    }
  }
  await sortIntoPlace(seeding, workspace, conversationId, talk);
}

export interface DemoNote {
  readonly siteKey: SiteKey;
  readonly cardId: CardId;
  readonly room: WaitingRoom;
  /** Of the second business. */
  readonly tuitionKey: SiteKey;
}

async function seedWaitingRoom({ client, setMinutesAgo }: Seeding, { memberIds }: Workspace): Promise<WaitingRoom> {
  const owner = await client.openSession(OWNER.email, DEMO_PASSWORD);
  const room = await furnishWaitingRoom(client, owner);
  await furnishBooking(owner, room.locationId, memberIds);
  await playHistory(client, room, owner, setMinutesAgo);
  return room;
}

/** The branch has its address and hours already; the card says the rest. */
async function writeCard({ client }: Seeding, { locationId }: WaitingRoom): Promise<CardId> {
  const owner = await client.openSession(OWNER.email, DEMO_PASSWORD);
  const card = await owner.call('card:create', {
    ...CARD,
    locationId,
    subject: 'location',
    buttons: ['chat', 'call', 'whatsapp', 'email', 'directions'],
  });
  return card.id;
}

async function runSeeding(config: Config, siteOrigin: string): Promise<DemoNote> {
  let minutesAgo = FIRST_DAY_MINUTES_AGO;
  const clock = { now: () => Math.round(Date.now() - minutesAgo * MINUTE_MS) };
  const server = await createServer({ ...config, port: 0, rateLimitMultiplier: HASTE }, { clock });
  try {
    const port = await server.listen();
    const seeding: Seeding = {
      client: createSeedClient(`http://127.0.0.1:${port}`),
      mailDir: config.mailDir,
      siteOrigin,
      setMinutesAgo: (minutes) => {
        minutesAgo = Math.min(minutesAgo, minutes);
      },
    };
    const workspace = await furnish(seeding);
    const room = await seedWaitingRoom(seeding, workspace);
    const cardId = await writeCard(seeding, room);
    for (const talk of CONVERSATIONS) await playConversation(seeding, workspace, talk);
    await openBusiness(seeding, TUITION_OWNER, TUITION_NAME);
    const teacher = await seeding.client.openSession(TUITION_OWNER.email, DEMO_PASSWORD);
    const tuitionKey = await furnishTuition(teacher, siteOrigin);
    return { siteKey: workspace.siteKey, cardId, room, tuitionKey };
  } finally {
    await server.close();
  }
}

/** What the demo's pages need to know. The first start takes a few seconds; later ones find the note of the first. */
export async function ensureSeeded(config: Config, siteOrigin: string): Promise<DemoNote> {
  const note = join(config.dataDir, 'demo-site.json');
  if (existsSync(note)) {
    const known = JSON.parse(await readFile(note, 'utf8')) as Partial<DemoNote>;
    const { siteKey, cardId, room, tuitionKey } = known;
    if (siteKey && cardId && room && tuitionKey) return { siteKey, cardId, room, tuitionKey };
  }
  // Without the note an earlier first start was cut short, and half a clinic is worse than a fresh one.
  if (config.mongodbUri === null) await rm(join(config.dataDir, 'store'), { recursive: true, force: true });
  await rm(config.mailDir, { recursive: true, force: true });
  const seeded = await runSeeding(config, siteOrigin);
  await writeFile(`${note}.new`, JSON.stringify(seeded));
  await rename(`${note}.new`, note);
  return seeded;
}
