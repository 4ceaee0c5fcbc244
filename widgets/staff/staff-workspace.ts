/**
 * What all staff elements of a page share per server: one session, and while somebody is signed in, one realtime
 * client. Reference-counted; the last element that leaves closes the connection.
 */
import type { StaffClient } from '../core/client/staff-client.js';
import { createStaffClient } from '../core/client/staff-client.js';
import { StaffSession, type StaffSessionState } from './staff-session.js';

export interface StaffWorkspace {
  readonly session: StaffSession;
  /** Present while somebody is signed in. */
  readonly client: StaffClient | null;
  /** Tells about the session and about the client that comes and goes with it. */
  subscribe(listener: (state: StaffSessionState) => void): () => void;
}

interface SharedWorkspace extends StaffWorkspace {
  users: number;
  close(): void;
}

const workspaces = new Map<string, SharedWorkspace>();

function createWorkspace(server: string, session: StaffSession): SharedWorkspace {
  const listeners = new Set<(state: StaffSessionState) => void>();
  let client: StaffClient | null = null;
  let owner: string | null = null;

  const closeClient = (): void => {
    client?.connection.close();
    client = null;
    owner = null;
  };
  const openClient = (): void => {
    // A closed client may still try to deliver; with the token of whoever signs in next it would speak in their name.
    const opened: StaffClient = createStaffClient({
      serverUrl: server,
      getAccessToken: () => (client === opened ? session.accessToken : null),
      refreshAccessToken: async () => client === opened && (await session.refresh()),
    });
    client = opened;
    opened.connection.subscribe(({ revocation }) => {
      if (revocation === null || client !== opened) return;
      if (revocation === 'role-changed') void enterAnew();
      else session.handleRevoked();
    });
  };
  /** Another role or other inboxes: the session lives on, but what it may see must be asked for anew. */
  const enterAnew = async (): Promise<void> => {
    closeClient();
    await session.refresh();
  };
  const handleSession = (state: StaffSessionState): void => {
    const nextOwner = state.session === null ? null : `${state.session.user.id} ${state.session.tenant.id}`;
    // Another person, or another business of the same person, must not inherit a socket.
    if (nextOwner !== owner) {
      closeClient();
      if (nextOwner !== null) openClient();
      owner = nextOwner;
    }
    for (const listener of [...listeners]) listener(state);
  };
  const unsubscribe = session.subscribe(handleSession);
  return {
    session,
    users: 0,
    get client() {
      return client;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      unsubscribe();
      closeClient();
      session.stop();
    },
  };
}

/** The page's workspace of a server; call `release` exactly when the element leaves. */
export function acquireStaffWorkspace(server: string): { workspace: StaffWorkspace; release: () => void } {
  const workspace = workspaces.get(server) ?? createWorkspace(server, new StaffSession(server));
  workspaces.set(server, workspace);
  workspace.users += 1;
  let isReleased = false;
  return {
    workspace,
    release: () => {
      if (isReleased) return;
      isReleased = true;
      workspace.users -= 1;
      if (workspace.users > 0) return;
      workspaces.delete(server);
      workspace.close();
    },
  };
}

/** An address of the page's author that a link may lead to; a script is not one. */
export function normalizeHref(href: string | null): string | null {
  if (href === null) return null;
  try {
    const url = new URL(href, location.href);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}

/** `server` attribute → URL without a trailing slash; the page's own origin when there is none. */
export function normalizeServer(server: string | null): string {
  return new URL(server?.trim() || '/', location.href).href.replace(/\/+$/, '');
}
