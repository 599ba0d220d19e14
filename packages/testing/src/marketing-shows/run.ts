import { parseArgs } from 'node:util';
import { showTable } from './show-line.ts';
import { show } from './shows.ts';

const { values } = parseArgs({ options: { scale: { type: 'string', default: '1' } } });
const scale = Number(values.scale);
if (!(scale > 0 && scale <= 10)) {
  console.error(`--scale is "${values.scale}": give a number above 0, at most 10`);
  process.exit(2);
}
const { lines, lessons } = await show(scale);
const missed = lines.filter(({ holds }) => !holds).length;
console.log(showTable(lines));
console.log(`\nWhat was learned, and what it changed in the next plan:`);
for (const lesson of lessons) console.log(`  ${lesson}`);
console.log(`\n${lines.length - missed} of ${lines.length} hold`);
process.exitCode = missed === 0 ? 0 : 1;
