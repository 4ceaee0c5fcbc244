/** What the processes of the benchmark tell each other. */
export interface SubjectReady {
  readonly kind: 'ready';
  readonly port: number;
}

export interface BranchReady {
  readonly kind: 'branch';
  readonly accessToken: string;
  readonly counterId: string;
  readonly tokens: readonly string[];
}

export interface SubjectFigures {
  readonly kind: 'figures';
  readonly rssBytes: number;
  readonly heapBytes: number;
  /** Longest time that the event loop did nothing else, since it was asked last. */
  readonly longestBlockMs: number;
  readonly reads: number;
  readonly mostReadsPerSecond: number;
}

export type SubjectAnswer = SubjectReady | BranchReady | SubjectFigures;
export type SubjectQuestion = { readonly ask: 'build'; readonly phones: number } | { readonly ask: 'figures' };

export type CrowdQuestion =
  | { readonly ask: 'open'; readonly url: string; readonly tokens: readonly string[]; readonly spreadMs: number }
  | { readonly ask: 'listen' }
  | { readonly ask: 'report' }
  | { readonly ask: 'close' };

export type CrowdAnswer =
  | { readonly kind: 'opened'; readonly count: number; readonly failures: readonly string[] }
  | { readonly kind: 'listening' }
  | {
      readonly kind: 'report';
      /** Epoch milliseconds at which phones saw an order, by its revision. */
      readonly orders: Readonly<Record<string, readonly number[]>>;
      /** When each called ticket's own phone knew. */
      readonly calls: readonly { readonly label: string; readonly atMs: number }[];
      readonly rereads: number;
      readonly places: Readonly<Record<string, number | null>>;
    }
  | { readonly kind: 'closed' };
