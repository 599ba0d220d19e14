import { readFileSync } from 'node:fs';

/**
 * Loaded before an instance (`node --import`): its clock begins at the time in the file `SHOWS_CLOCK`,
 * ms since the epoch, and runs on from there. On SIGUSR2 the file is read again. So next week comes at
 * once, and figures do not depend on the day they are made on.
 */
const file = process.env['SHOWS_CLOCK'];
if (!file) throw new Error('Set SHOWS_CLOCK to a file with ms since the epoch');
const realNow = Date.now;
const clock = { ahead: 0 };
const now = () => realNow() + clock.ahead;
function set(): string {
  const told = readFileSync(file ?? '', 'utf8');
  clock.ahead = Number(told) - realNow();
  return told;
}
set();

globalThis.Date = new Proxy(Date, {
  construct: (date, args, made) => Reflect.construct(date, args.length > 0 ? args : [now()], made),
  apply: (date) => new date(now()).toString(),
  get: (date, name, self) => (name === 'now' ? now : Reflect.get(date, name, self)),
});
process.on('SIGUSR2', () => process.stdout.write(`The clock is set to ${set()}\n`));
