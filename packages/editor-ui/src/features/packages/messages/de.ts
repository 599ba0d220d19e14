export const messages = {
  packages: {
    title: 'Pakete',
    text: 'Was Nodes, Vorlagen und Tabellen auf diesen Server bringt.',
    nodes: 'Keine Nodes | 1 Node | {n} Nodes',
    credentials: 'Keine Zugangsarten | 1 Zugangsart | {n} Zugangsarten',
    templates: 'Keine Vorlagen | 1 Vorlage | {n} Vorlagen',
    tables: 'Keine Tabellen | 1 Tabelle | {n} Tabellen',
    jobs: 'Keine Aufträge | 1 Auftrag | {n} Aufträge',
    empty: {
      title: 'Keine Pakete',
      text: 'Pakete sind npm-Pakete, die der Server beim Start findet. Siehe „Packages“ in der Dokumentation.',
    },
  },
};
