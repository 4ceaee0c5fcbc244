/**
 * The slot engine against stepping through the days (booking.md 7):
 *
 *     npm run bench:slots
 *
 * Prints a table with the goals and, as the last line, JSON; ends with code 1 when a goal is missed.
 */
import { printGoals } from '../goals.js';
import { measureEngine } from './engine.js';

const { summary, goals } = measureEngine();
console.log(summary);
printGoals(goals);
