export const messages = {
  members: {
    title: 'Members',
    text: 'Who may sign in, and what they may do.',
    add: 'Add a member',
    addText: 'Give them the first password in person; they change it in their settings.',
    person: 'Person',
    role: 'Role',
    roleOf: 'Role of {name}',
    since: 'Member since',
    you: 'You',
    firstPassword: 'First password',
    roles: { owner: 'Owner', admin: 'Admin', member: 'Member' },
    roleTexts: {
      admin: 'Everything, also members, storage and other people’s projects',
      member: 'Their own projects, and those they were invited to',
    },
    remove: 'Remove {name}',
    removeTitle: 'Remove {name}?',
    removeText: 'They are signed out everywhere and their API keys stop. This cannot be undone.',
  },
};
