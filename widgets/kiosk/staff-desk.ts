/** What is behind the PIN. The server counts the tries, so that a customer with time cannot find it out (QK-17). */
import { isUnknownOutcome } from '../core/client/outcome.js';
import type { DeviceLink } from './issuer.js';
import type { KioskRequest } from './kiosk-events.js';
import type { KioskAction, KioskState } from './kiosk-store.js';
import type { PrintDesk } from './print-desk.js';

export interface StaffDeskDeps {
  readonly connection: DeviceLink;
  readonly printDesk: PrintDesk;
  getState(): KioskState;
  dispatch(action: KioskAction): void;
  testPrint(): Promise<void>;
  handleExit(): void;
}

export interface StaffDesk {
  handle(request: KioskRequest): void;
}

export function createStaffDesk({
  connection,
  printDesk,
  getState,
  dispatch,
  testPrint,
  handleExit,
}: StaffDeskDeps): StaffDesk {
  const isOpen = (): boolean => getState().staff?.kind === 'open';
  let isAsking = false;

  async function checkPin(pin: string): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    const answer = await connection.request('device:check-pin', { pin });
    isAsking = false;
    // The panel closed while the answer was on its way; nothing opens for whoever stands there now.
    if (getState().staff === null) return;
    if (answer.ok && answer.data.isRight) {
      return dispatch({ type: 'staff-shown', staff: { kind: 'open' } });
    }
    const code = answer.ok ? null : answer.error.code;
    const isUnknown = !answer.ok && isUnknownOutcome(answer.error);
    const problem = isUnknown ? 'offline' : code === 'RATE_LIMITED' ? 'wait' : 'wrong';
    dispatch({ type: 'staff-shown', staff: { kind: 'pin', problem } });
  }

  function handleBehindPin(request: KioskRequest): void {
    if (request.type === 'connect-printer') void printDesk.connect();
    if (request.type === 'test-print') void testPrint();
    if (request.type !== 'exit') return;
    dispatch({ type: 'staff-shown', staff: null });
    handleExit();
  }

  return {
    handle(request: KioskRequest): void {
      switch (request.type) {
        case 'open-staff':
          return dispatch({ type: 'staff-shown', staff: { kind: 'pin', problem: null } });
        case 'close-staff':
          return dispatch({ type: 'staff-shown', staff: null });
        case 'check-pin':
          return void checkPin(request.pin);
        default:
          if (isOpen()) handleBehindPin(request);
      }
    },
  };
}
