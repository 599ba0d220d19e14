export const messages = {
  nodeCreator: {
    title: 'Add a node',
    titleTrigger: 'What starts this workflow?',
    close: 'Close',
    search: 'Search nodes and actions',
    placeholder: 'Search nodes and actions',
    results: 'Results',
    recent: 'Used last',
    none: 'Nothing by that name',
    noneHint: 'Try another word, or use HTTP Request to call any service.',
    family: {
      trigger: 'Triggers',
      flow: 'Flow',
      data: 'Data',
      ai: 'AI',
      marketing: 'Marketing',
      output: 'Send and answer',
    },
  },
};
