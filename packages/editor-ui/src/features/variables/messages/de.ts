export const messages = {
  variables: {
    title: 'Variablen',
    text: 'Werte, die jeder Workflow als $vars liest. Nicht für Geheimnisse: dafür gibt es Zugangsdaten.',
    new: 'Neue Variable',
    edit: '„{key}“ bearbeiten',
    delete: '„{key}“ löschen',
    dialogText:
      'Jeder Workflow dieses Servers liest sie; eine Änderung gilt ab der nächsten Ausführung.',
    key: 'Name',
    keyHint: "Ausdrücke lesen sie als {'{{'} $vars.{key} {'}}'}",
    value: 'Wert',
    deleteTitle: 'Variable „{key}“ löschen?',
    deleteText:
      'Ausdrücke, die sie lesen, bekommen dann nichts mehr. Das lässt sich nicht rückgängig machen.',
    empty: {
      title: 'Noch keine Variablen',
      text: 'Was viele Workflows teilen, an einer Stelle: eine Adresse, eine Schwelle, ein Kanal.',
    },
    faults: {
      keyMissing: 'Bitte einen Namen vergeben.',
      keyShape: 'Nur Buchstaben, Ziffern und _, keine Ziffer am Anfang: gelesen wird $vars.name.',
    },
  },
};
