import { css } from 'lit';
import { chipStyles } from './agenda-list.styles.js';

export const panelStyles = [
  chipStyles,
  css`
    :host {
      min-block-size: 0;
    }
    .root {
      block-size: 100%;
      background: var(--frontdesk-surface-raised);
    }
    .top {
      position: sticky;
      z-index: 1;
      inset-block-start: 0;
      display: flex;
      gap: 8px;
      align-items: center;
      justify-content: space-between;
      padding: 12px 8px 8px 20px;
      padding-inline: 20px 8px;
      background: var(--frontdesk-surface-raised);
    }
    h2 {
      min-inline-size: 0;
      font-size: var(--frontdesk-size-20);
      outline-offset: 4px;
    }
    h3 {
      margin-block-start: 4px;
      color: var(--frontdesk-text-muted);
      font-size: var(--frontdesk-size-13);
    }
    .body {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 12px;
      justify-items: start;
      padding: 0 20px 24px;
    }
    .body > * {
      max-inline-size: 100%;
    }
    .what {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      align-items: center;
    }
    .zone-note {
      display: flex;
      gap: 8px;
      padding: 8px 12px;
      border-inline-start: 3px solid var(--frontdesk-line);
      font-size: var(--frontdesk-size-13);
    }
    .zone-note--open {
      border-color: var(--frontdesk-danger);
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      inline-size: 100%;
    }
    .danger {
      color: var(--frontdesk-danger);
    }
    .facts,
    .answers {
      display: grid;
      gap: 8px;
      inline-size: 100%;
    }
    .fact {
      display: flex;
      gap: 12px;
    }
    .fact dt {
      flex: none;
      padding-block-start: 2px;
      color: var(--frontdesk-text-muted);
    }
    .parts {
      display: grid;
      gap: 8px;
      margin: 8px 0 0;
      padding: 0;
      list-style: none;
    }
    .parts li {
      display: grid;
      padding-inline-start: 12px;
      border-inline-start: 2px solid var(--frontdesk-line);
    }
    .fact dd {
      min-inline-size: 0;
      overflow-wrap: anywhere;
    }
    a {
      display: inline-block;
      min-block-size: 24px;
      color: var(--frontdesk-accent-strong);
    }
    .files {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 4px;
      margin: 4px 0 0;
      padding: 0;
      list-style: none;
    }
    .files li {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 8px;
      align-items: center;
    }
    .files .button {
      max-inline-size: 100%;
    }
    .files .icon {
      flex: none;
    }
    .files bdi {
      min-inline-size: 0;
      overflow-wrap: anywhere;
      text-align: start;
    }
    .answers dt {
      color: var(--frontdesk-text-muted);
      font-size: var(--frontdesk-size-13);
    }
    .history {
      display: grid;
      gap: 8px;
      inline-size: 100%;
      font-size: var(--frontdesk-size-13);
    }
    .history li {
      display: grid;
      padding-inline-start: 12px;
      border-inline-start: 2px solid var(--frontdesk-line);
    }
    q {
      overflow-wrap: anywhere;
    }
  `,
];
