import { defineElement } from '../core/define-element.js';
import { FrontdeskQueueBoard } from './queue-board.js';
import { FrontdeskQueueDisplay } from './queue-display.js';
import { FrontdeskQueueJoin } from './queue-join.js';
import { FrontdeskQueueMedia } from './queue-media.js';

defineElement('frontdesk-queue-media', FrontdeskQueueMedia);
defineElement('frontdesk-queue-join', FrontdeskQueueJoin);
defineElement('frontdesk-queue-board', FrontdeskQueueBoard);
defineElement('frontdesk-queue-display', FrontdeskQueueDisplay);
