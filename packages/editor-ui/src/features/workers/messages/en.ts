export const messages = {
  workers: {
    title: 'Workers',
    text: 'The processes of this server, and what each runs just now.',
    process: 'Process',
    state: 'State',
    load: 'Running',
    executions: 'Executions',
    roles: { main: 'Main', worker: 'Worker', webhook: 'Webhook' },
    alive: 'Alive',
    silent: 'Silent',
    idle: 'Nothing to do',
    lastSeen: 'Last seen {when}; others take over what it had',
  },
};
