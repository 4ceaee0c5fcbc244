import { css } from 'lit';

export const deskStyles = css`
  :host {
    block-size: 100%;
    min-block-size: 0;
  }
  .root {
    position: relative;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    background: var(--frontdesk-surface);
  }
  .panes {
    position: relative;
    display: grid;
    flex: 1;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-block-size: 0;
  }
  .root[data-layout='rail'] .panes {
    grid-template-columns: 232px 380px minmax(0, 1fr) auto;
  }
  .root[data-layout='three'] .panes {
    grid-template-columns: 348px minmax(0, 1fr) auto;
  }
  .root[data-layout='two'] .panes {
    grid-template-columns: minmax(280px, 36%) minmax(0, 1fr);
  }
  .pane {
    min-inline-size: 0;
    min-block-size: 0;
  }
  .pane + .pane {
    border-inline-start: 1px solid var(--frontdesk-line);
  }
  .root[data-layout='one'] .pane {
    border: 0;
  }
  .root[data-layout='one'][data-pane='list'] .thread,
  .root[data-layout='one']:not([data-pane='list']) .list,
  .root[data-layout='one'][data-pane='details'] .thread {
    display: none;
  }
  .list {
    display: flex;
    flex-direction: column;
  }
  .list frontdesk-inbox-list {
    flex: 1;
    min-block-size: 0;
  }
  .list__head {
    display: flex;
    gap: 4px;
    align-items: center;
    min-block-size: 60px;
    padding: 8px 8px 4px;
  }
  .root[data-layout='rail'] .list__head {
    padding-inline: 20px;
  }
  .list__title {
    font-size: var(--frontdesk-size-16);
  }
  .spacer {
    flex: 1;
  }
  .details {
    inline-size: 300px;
  }
  .root:is([data-layout='two'], [data-layout='one']) .details {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0;
    z-index: 1;
    inline-size: min(340px, 100%);
    box-shadow: var(--frontdesk-shadow-2);
  }
  .root[data-layout='one'] .details {
    inline-size: 100%;
    box-shadow: none;
  }
  .rail {
    display: flex;
    flex-direction: column;
    padding: 0 8px 8px;
    background: var(--frontdesk-surface-sunken);
  }
  .rail__head {
    display: flex;
    align-items: center;
    min-block-size: 60px;
    padding-inline: 12px;
    overflow: hidden;
    font-size: var(--frontdesk-size-16);
    font-weight: 600;
  }
  .rail__views {
    flex: 1;
    overflow: auto;
  }
  .avatar.me {
    position: relative;
  }
  .lamp {
    position: absolute;
    inset-block-end: -2px;
    inset-inline-end: -2px;
    inline-size: 12px;
    block-size: 12px;
    border: 2px solid var(--frontdesk-surface);
    border-radius: var(--frontdesk-radius-full);
    background: var(--frontdesk-neutral-9);
  }
  .lamp--on {
    background: var(--frontdesk-success);
  }
  .me__text {
    display: grid;
    min-inline-size: 0;
    line-height: 1.3;
    text-align: start;
    font-weight: 400;
    font-size: var(--frontdesk-size-13);
  }
  .me__name {
    overflow: hidden;
    color: var(--frontdesk-text);
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .strip {
    display: flex;
    gap: 8px;
    align-items: center;
    justify-content: center;
    padding: 6px 16px;
    background: var(--frontdesk-warning-soft);
    color: var(--frontdesk-text);
    font-size: var(--frontdesk-size-13);
  }
  .toast {
    position: absolute;
    inset-block-end: 20px;
    inset-inline: 0;
    z-index: 2;
    align-items: center;
    inline-size: fit-content;
    max-inline-size: calc(100% - 32px);
    margin-inline: auto;
    border: 1px solid var(--frontdesk-danger);
    box-shadow: var(--frontdesk-shadow-2);
  }
`;
