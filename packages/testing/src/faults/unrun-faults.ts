import type { Fault } from './fault.ts';

/** Rows that cannot be run from outside here, and where what they ask for is tested in their place. */
export const UNRUN: readonly Fault[] = [
  {
    id: 'F9',
    name: 'Clock jumps, DST',
    notRun:
      'libfaketime is not part of the workspace; injected clock in features/schedules and runtime/lease-clock tests',
  },
  {
    id: 'F18',
    name: 'OAuth refresh by 20 runs at once',
    notRun: 'needs a provider with a rotating token; tested in features/oauth2',
  },
  {
    id: 'F19',
    name: 'Join with one branch failed, skipped, or late after a crash',
    notRun: 'tested in workflow/engine (joins) and runtime/takeover (crash); not yet as processes',
  },
  {
    id: 'F20',
    name: '100 MB item set, 50 000 items, 200 MB file',
    notRun: 'measured by npm run bench, with the memory of each process',
  },
  {
    id: 'F22',
    name: 'Upgrade and downgrade with runs waiting',
    notRun: 'there is one build only; migrations are undone and run again in the tests of db',
  },
];
