import { property } from 'lit/decorators.js';
import { StaffElement } from '../staff/staff-element.js';
import { AgendaRequestEvent, type AgendaRequest } from './agenda-events.js';
import { locationOf, zoneOf } from './agenda-layout.js';
import { canChange, INITIAL_AGENDA, type AgendaState } from './agenda-store.js';
import { AGENDA_ENGLISH, type AgendaSession, type AgendaWords } from './agenda-words.js';

/** Base of the parts of the agenda: each draws one state and asks by events. */
export class AgendaElement extends StaffElement {
  @property({ attribute: false }) override words: AgendaWords = AGENDA_ENGLISH;
  @property({ attribute: false }) state: AgendaState = INITIAL_AGENDA;
  @property({ attribute: false }) session: AgendaSession | null = null;

  protected get nowMs(): number {
    return Date.now() + this.state.clockOffsetMs;
  }

  /** The branch's, by which all times are shown. */
  protected get timeZone(): string {
    const location = locationOf(this.state);
    return location ? zoneOf(location).name : 'UTC';
  }

  /** Booking, moving, marking; a viewer watches. */
  protected get canWrite(): boolean {
    return this.session?.membership.role !== 'viewer';
  }

  /** Time off is for owners and admins. */
  protected get canManage(): boolean {
    const role = this.session?.membership.role;
    return role === 'owner' || role === 'admin';
  }

  protected get isBlocked(): boolean {
    return !this.canWrite || !canChange(this.state);
  }

  protected request(request: AgendaRequest): void {
    this.dispatchEvent(new AgendaRequestEvent(request));
  }
}
