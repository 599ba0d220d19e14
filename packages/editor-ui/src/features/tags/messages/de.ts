export const messages = {
  tags: {
    title: 'Tags',
    text: 'Etiketten an Workflows, um zu finden, was zusammengehört.',
    name: 'Name',
    workflows: 'Workflows',
    newName: 'Neuer Tag',
    create: 'Hinzufügen',
    rename: '„{name}“ umbenennen',
    delete: '„{name}“ löschen',
    deleteTitle: 'Tag „{name}“ löschen?',
    deleteText: 'Er wird von allen Workflows genommen. Die Workflows bleiben.',
    of: 'Tags von „{name}“',
    findOrAdd: 'Tag suchen oder hinzufügen',
    add: '„{name}“ hinzufügen',
    none: 'Es gibt noch keine Tags. Ein Name genügt für den ersten.',
    empty: {
      title: 'Noch keine Tags',
      text: 'Hier hinzufügen oder im Menü eines Workflows.',
    },
  },
};
