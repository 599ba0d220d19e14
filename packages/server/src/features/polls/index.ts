export { pollContext, type PollContextOptions } from './poll-context.ts';
export { createPollRows } from './poll-rows.ts';
export { createPoller, type Poller } from './poller.ts';
