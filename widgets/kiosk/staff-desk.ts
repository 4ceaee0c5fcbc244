/** What is behind the PIN. The server counts the tries, so that a customer with time cannot find it out (QK-17). */
import { isUnknownOutcome } from '../core/client/outcome.js';
import type { DeviceLink } from './issuer.js';
import type { KioskRequest } from './kiosk-events.js';
import type { KioskAction } from './kiosk-store.js';
import type { PrintDesk } from './print-desk.js';

export interface StaffDeskDeps {
  readonly connection: DeviceLink;
  readonly printDesk: PrintDesk;
  dispatch(action: KioskAction): void;
  testPrint(): Promise<void>;
  handleExit(): void;
}

export function createStaffDesk({ connection, printDesk, dispatch, testPrint, handleExit }: StaffDeskDeps) {
  let isOpen = false;
  let isAsking = false;

  async function checkPin(pin: string): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    const answer = await connection.request('device:check-pin', { pin });
    isAsking = false;
    if (answer.ok && answer.data.isRight) {
      isOpen = true;
      return dispatch({ type: 'staff-shown', staff: { kind: 'open' } });
    }
    const code = answer.ok ? null : answer.error.code;
    const isUnknown = !answer.ok && isUnknownOutcome(answer.error);
    const problem = isUnknown ? 'offline' : code === 'RATE_LIMITED' ? 'wait' : 'wrong';
    dispatch({ type: 'staff-shown', staff: { kind: 'pin', problem } });
  }

  return {
    handle(request: KioskRequest): void {
      switch (request.type) {
        case 'open-staff':
          isOpen = false;
          return dispatch({ type: 'staff-shown', staff: { kind: 'pin', problem: null } });
        case 'close-staff':
          isOpen = false;
          return dispatch({ type: 'staff-shown', staff: null });
        case 'check-pin':
          return void checkPin(request.pin);
        default:
          if (isOpen) this.handleBehindPin(request);
      }
    },
    handleBehindPin(request: KioskRequest): void {
      if (request.type === 'connect-printer') void printDesk.connect();
      if (request.type === 'test-print') void testPrint();
      if (request.type !== 'exit') return;
      isOpen = false;
      dispatch({ type: 'staff-shown', staff: null });
      handleExit();
    },
  };
}
