export interface Problem {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

export function findProblems(path: string, text: string): Problem[];
