/**
 * What booking costs the server, as ratios (booking.md 7):
 *
 *     npm run bench:booking
 *
 * The engine beside stepping through the days, in this process; lists, claims and news of a server in another, with 2,400 live bookings
 * in the store; a turn of the calendar's month in a browser. Prints a table with the goals and, as the last line, JSON; ends with code 1 when a goal is missed.
 */
import { printGoals, type Goal } from '../goals.js';
import { measureEngine } from '../slots/engine.js';
import { measureClaiming } from './claiming.js';
import { fillBook, openDesk } from './desk.js';
import { measureMonth } from './month.js';
import { measureReads } from './reading.js';
import { measureTelling } from './telling.js';

const { summary, goals: engine } = measureEngine();
console.log(summary);
const goals: Goal[] = [...engine];
const desk = await openDesk();
try {
  const clinic = await fillBook(desk);
  goals.push(...(await measureReads(desk, clinic)));
  goals.push(...(await measureClaiming(desk)));
  goals.push(...(await measureTelling(desk, clinic)));
} finally {
  await desk.close();
}
const month = await measureMonth();
console.log(month.summary);
goals.push(...month.goals);
printGoals(goals);
// Kept connections would hold the process for a while.
process.exit();
