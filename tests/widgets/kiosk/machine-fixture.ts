/** A kiosk's machine with a scripted branch, a disk that outlives it, a printer that the test breaks, and time that the test moves. */
import { createEnvironment } from '@frontdesk/widgets/core/client/environment';
import { createMemoryWebStorage } from '@frontdesk/widgets/core/client/storage';
import { createDeviceStorage } from '@frontdesk/widgets/core/client/storage-device';
import type { JournalStore } from '@frontdesk/widgets/core/client/storage-journal';
import { createEnglishTranslator } from '@frontdesk/widgets/core/locale';
import type { Slip } from '@frontdesk/widgets/core/printing/slip';
import type { PrinterCondition, TicketPrinter } from '@frontdesk/widgets/core/printing/ticket-printer';
import { startKioskMachine, type KioskMachine } from '@frontdesk/widgets/kiosk/kiosk-machine';
import { DEMO_NOW_MS } from '@frontdesk/widgets/kiosk/kiosk-states';
import { kioskCatalogue } from '@frontdesk/widgets/locales/kiosk';
import { createManualClock, settle, type ManualClock } from './manual-clock.js';
import { createScriptedBranch, type ScriptedBranch } from './scripted-branch.js';

export interface ScriptedPrinter extends TicketPrinter {
  condition: PrinterCondition;
  readonly slips: Slip[];
}

/** What stays when the power goes. */
export interface Disk extends JournalStore {
  readonly local: Storage | ReturnType<typeof createMemoryWebStorage>;
  /** What was written last, as it would be read. */
  text(): string;
}

export interface KioskFixture {
  readonly branch: ScriptedBranch;
  readonly clock: ManualClock;
  readonly disk: Disk;
  readonly printer: ScriptedPrinter;
  machine: KioskMachine;
  exits: number;
  /** The power goes and comes back: nothing that was running goes on. */
  reboot(offMs?: number): Promise<void>;
}

export function createDisk(): Disk {
  let text = 'null';
  return {
    kind: 'indexeddb',
    local: createMemoryWebStorage(),
    text: () => text,
    read: () => Promise.resolve(JSON.parse(text) as unknown),
    write(document) {
      text = JSON.stringify(document);
      return Promise.resolve();
    },
    clear() {
      text = 'null';
      return Promise.resolve();
    },
  };
}

function createScriptedPrinter(): ScriptedPrinter {
  const printer: ScriptedPrinter = {
    kind: 'escpos',
    condition: 'ready',
    slips: [],
    check: () => Promise.resolve(printer.condition),
    print(slip) {
      if (printer.condition === 'ready') printer.slips.push(slip);
      return Promise.resolve(printer.condition);
    },
    connect: () => Promise.resolve(printer.condition),
    prepare: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  return printer;
}

export async function startKiosk(
  prepare: (branch: ScriptedBranch, disk: Disk) => void = () => {},
  disk: Disk = createDisk(),
): Promise<KioskFixture> {
  const branch = createScriptedBranch();
  prepare(branch, disk);
  const clock = createManualClock(DEMO_NOW_MS);
  const printer = createScriptedPrinter();
  const english = createEnglishTranslator(kioskCatalogue);
  let life = 0;

  async function start(): Promise<KioskMachine> {
    life += 1;
    const mine = life;
    const environment = createEnvironment({
      // Nothing of a page that has died comes back to it.
      clock: { ...clock, setTimeout: (run, delayMs) => clock.setTimeout(() => mine === life && run(), delayMs) },
      storage: { local: disk.local, session: createMemoryWebStorage(), indexedDB: null },
      createChannel: null,
      locks: null,
    });
    const started = startKioskMachine({
      serverUrl: 'https://desk.example',
      connection: branch.connection,
      environment,
      storage: createDeviceStorage('kiosk', environment.storage),
      journalStore: disk,
      probe: {
        appVersion: '1.2.3',
        readWakeLock: () => 'held',
        readSound: () => 'on',
        readVoice: () => 'speech',
      },
      monotonicNow: () => clock.monotonicNow(),
      createPrinter: ({ kiosk }) => (kiosk?.printer === 'none' ? null : printer),
      loadWords: () => Promise.resolve(english),
      handleExit: () => {
        fixture.exits += 1;
      },
      handleRevoked() {},
    });
    const machine = await started;
    await settle();
    return machine;
  }

  const fixture: KioskFixture = {
    branch,
    clock,
    disk,
    printer,
    machine: await start(),
    exits: 0,
    async reboot(offMs = 0) {
      fixture.machine.stop();
      life += 1;
      await clock.advance(offMs);
      fixture.machine = await start();
    },
  };
  return fixture;
}

export const withPrinter = (branch: ScriptedBranch): void => {
  branch.self = { ...branch.self, kiosk: branch.self.kiosk && { ...branch.self.kiosk, printer: 'escpos' } };
};
