/** Registers `<frontdesk-agenda>` and its parts: the only side effect of this folder. */
import { defineElement } from '../core/element.js';
import { defineStaffElements } from '../staff/elements.js';
import { FrontdeskAgenda } from './agenda.js';
import { FrontdeskAgendaBoard } from './agenda-board.js';
import { FrontdeskAgendaClassSheet } from './agenda-class-sheet.js';
import { FrontdeskAgendaDesk } from './agenda-desk.js';
import { FrontdeskAgendaList } from './agenda-list.js';
import { FrontdeskAgendaPanel } from './agenda-panel.js';
import { FrontdeskAgendaRoster } from './agenda-roster.js';
import { FrontdeskAgendaSheet } from './agenda-sheet.js';
import { FrontdeskAgendaStrips } from './agenda-strips.js';

defineStaffElements();
defineElement('frontdesk-agenda-board', FrontdeskAgendaBoard);
defineElement('frontdesk-agenda-list', FrontdeskAgendaList);
defineElement('frontdesk-agenda-panel', FrontdeskAgendaPanel);
defineElement('frontdesk-agenda-roster', FrontdeskAgendaRoster);
defineElement('frontdesk-agenda-class-sheet', FrontdeskAgendaClassSheet);
defineElement('frontdesk-agenda-sheet', FrontdeskAgendaSheet);
defineElement('frontdesk-agenda-strips', FrontdeskAgendaStrips);
defineElement('frontdesk-agenda-desk', FrontdeskAgendaDesk);
defineElement('frontdesk-agenda', FrontdeskAgenda);

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-agenda-board': FrontdeskAgendaBoard;
    'frontdesk-agenda-list': FrontdeskAgendaList;
    'frontdesk-agenda-panel': FrontdeskAgendaPanel;
    'frontdesk-agenda-roster': FrontdeskAgendaRoster;
    'frontdesk-agenda-class-sheet': FrontdeskAgendaClassSheet;
    'frontdesk-agenda-sheet': FrontdeskAgendaSheet;
    'frontdesk-agenda-strips': FrontdeskAgendaStrips;
    'frontdesk-agenda-desk': FrontdeskAgendaDesk;
    'frontdesk-agenda': FrontdeskAgenda;
  }
}
