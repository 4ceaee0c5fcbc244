/** What a pipeline stage is: batches flow through it, and what it holds back comes at the end. */
import type { Document } from 'bson';

export interface Stage {
  process(batch: Document[]): Document[];
  finish?(): Document[];
  /** True when further input cannot change the result. */
  isSatisfied?(): boolean;
}

export type StageFactory = (specification: unknown) => Stage;
