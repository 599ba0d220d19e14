/** `npm start`: builds what is missing or stale, then serves. */
process.argv.splice(2, 0, 'start');
await import('../packages/cli/bin/launch.js');
