export const messages = {
  members: {
    title: 'Mitglieder',
    text: 'Wer sich anmelden darf, und was sie dürfen.',
    add: 'Mitglied hinzufügen',
    addText: 'Das erste Passwort persönlich geben; es lässt sich in den Einstellungen ändern.',
    person: 'Person',
    role: 'Rolle',
    roleOf: 'Rolle von {name}',
    since: 'Dabei seit',
    you: 'Du',
    firstPassword: 'Erstes Passwort',
    roles: { owner: 'Eigentümer', admin: 'Verwalter', member: 'Mitglied' },
    roleTexts: {
      admin: 'Alles, auch Mitglieder, Speicher und Projekte anderer',
      member: 'Eigene Projekte und die, zu denen sie eingeladen sind',
    },
    remove: '{name} entfernen',
    removeTitle: '{name} entfernen?',
    removeText:
      'Alle Sitzungen enden und alle API-Schlüssel verfallen. Das lässt sich nicht rückgängig machen.',
  },
};
