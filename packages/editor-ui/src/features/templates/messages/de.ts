export const messages = {
  templates: {
    title: 'Vorlagen',
    text: 'Fertige Workflows. Ansehen, übernehmen, nach Belieben ändern.',
    search: 'Vorlagen suchen',
    noneFound: 'Keine Vorlage passt. Versuche weniger Wörter.',
    back: 'Alle Vorlagen',
    use: 'Diese Vorlage verwenden',
    needs: 'Zugangsdaten, die sie nutzt',
    there: '{type}: vorhanden',
    missing: '{type}: danach anlegen',
    empty: {
      title: 'Keine Vorlagen',
      text: 'Sie kommen mit Paketen, etwa dem für Marketing.',
    },
  },
};
