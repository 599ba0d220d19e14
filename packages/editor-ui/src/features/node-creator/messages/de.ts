export const messages = {
  nodeCreator: {
    title: 'Node hinzufügen',
    titleTrigger: 'Was startet diesen Workflow?',
    close: 'Schließen',
    search: 'Nodes und Aktionen suchen',
    placeholder: 'Nodes und Aktionen suchen',
    results: 'Treffer',
    recent: 'Zuletzt benutzt',
    none: 'Nichts mit diesem Namen',
    noneHint:
      'Versuche ein anderes Wort, oder rufe mit „HTTP Request“ einen beliebigen Dienst auf.',
    family: {
      trigger: 'Auslöser',
      flow: 'Ablauf',
      data: 'Daten',
      ai: 'KI',
      marketing: 'Marketing',
      output: 'Senden und antworten',
    },
  },
};
