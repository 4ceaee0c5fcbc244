/** Waits for a state of the world; every wait has an end and says what it waited for. */
export async function waitFor(
  what: string,
  isTrue: () => boolean | Promise<boolean>,
  limitMs: number,
): Promise<number> {
  const startedAt = performance.now();
  while (!(await isTrue())) {
    if (performance.now() - startedAt > limitMs) throw new Error(`${what} did not happen within ${limitMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return performance.now() - startedAt;
}
