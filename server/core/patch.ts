/** Partial changes as commands bring them: a field that is not there, or undefined, stays as it is. */
export function withoutUndefined<Patch extends object>(patch: Patch): Partial<Patch> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Partial<Patch>;
}
