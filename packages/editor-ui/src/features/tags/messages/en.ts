export const messages = {
  tags: {
    title: 'Tags',
    text: 'Labels on workflows, to find those that belong together.',
    name: 'Name',
    workflows: 'Workflows',
    newName: 'New tag',
    create: 'Add',
    rename: 'Rename “{name}”',
    delete: 'Delete “{name}”',
    deleteTitle: 'Delete the tag “{name}”?',
    deleteText: 'It is taken off all workflows. The workflows stay.',
    of: 'Tags of “{name}”',
    findOrAdd: 'Find or add a tag',
    add: 'Add “{name}”',
    none: 'There are no tags yet. Type a name to make the first.',
    empty: {
      title: 'No tags yet',
      text: 'Add one here, or from the menu of a workflow.',
    },
  },
};
