export const messages = {
  workers: {
    title: 'Arbeiter',
    text: 'Die Prozesse dieses Servers, und was jeder gerade tut.',
    process: 'Prozess',
    state: 'Zustand',
    load: 'Laufend',
    executions: 'Ausführungen',
    roles: { main: 'Haupt', worker: 'Arbeiter', webhook: 'Webhook' },
    alive: 'Lebt',
    silent: 'Still',
    idle: 'Nichts zu tun',
    lastSeen: 'Zuletzt gesehen {when}; andere übernehmen, was er hatte',
  },
};
