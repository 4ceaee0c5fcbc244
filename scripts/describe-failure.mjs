/** The line that stands below all suites' output: a log that is cut off in front still says what broke and why. */

const LENGTH = 300;

/** The test's name and the beginning of its error, on one line. */
export function describeFailure(name, error) {
  const reason = String(error?.message ?? error ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  return reason === '' ? name : `${name}: ${reason.slice(0, LENGTH)}`;
}
