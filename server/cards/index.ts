/** Contact cards: settings, what websites show, pages, vCards and codes, and the message form. */
import type { Router } from 'express';
import type { BoundCommand } from '../core/command.js';
import { bindCardCommands } from './cards.commands.js';
import { createCardModel } from './cards.model.js';
import { createCardRouter } from './cards.routes.js';
import { createCardsService, type CardsDeps } from './cards.service.js';
import { createCardStore } from './cards.store.js';

export interface Cards {
  readonly commands: readonly BoundCommand[];
  readonly routes: Router;
}

export function createCards(deps: CardsDeps): Cards {
  const cards = createCardsService({ ...deps, store: createCardStore(createCardModel(deps.connection)) });
  return { commands: bindCardCommands(cards), routes: createCardRouter({ ...deps, cards }) };
}
