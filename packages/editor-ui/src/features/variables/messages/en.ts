export const messages = {
  variables: {
    title: 'Variables',
    text: 'Values that every workflow may read as $vars. Not for secrets: those are credentials.',
    new: 'New variable',
    edit: 'Edit “{key}”',
    delete: 'Delete “{key}”',
    dialogText:
      'Every workflow of this server reads it; a change counts from the next execution on.',
    key: 'Name',
    keyHint: "Expressions read it as {'{{'} $vars.{key} {'}}'}",
    value: 'Value',
    deleteTitle: 'Delete the variable “{key}”?',
    deleteText: 'Expressions that read it get nothing from then on. This cannot be undone.',
    empty: {
      title: 'No variables yet',
      text: 'Keep what many workflows share in one place: an address, a threshold, a channel.',
    },
    faults: {
      keyMissing: 'Give it a name.',
      keyShape: 'Letters, digits and _ only, and no digit first: it is read as $vars.name.',
    },
  },
};
