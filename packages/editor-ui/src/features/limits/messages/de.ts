export const messages = {
  limits: {
    emptyHint: 'Leer: keine Grenze.',
    workflow: {
      atOnce: 'Ausführungen zugleich',
      max: 'Starts, höchstens',
      seconds: 'binnen (Sekunden)',
    },
    key: {
      atOnce: 'Zugleich je Schlüssel',
      max: 'Starts je Schlüssel, höchstens',
      seconds: 'binnen (Sekunden)',
    },
    credential: {
      atOnce: 'Knoten zugleich',
      max: 'Anfragen, höchstens',
      seconds: 'binnen (Sekunden)',
    },
    keyLabel: 'Schlüssel einer Ausführung',
    keyHint:
      'Ein Ausdruck über das erste Element des Auslösers. Ausführungen mit demselben Schlüssel teilen sich die Grenzen darunter.',
    keyPlaceholder: '={{ $json.body.customer }}',
    faults: {
      notWhole: 'Eine ganze Zahl von 1 bis {most} eingeben, oder nichts.',
      maxMissing: 'Angeben, wie viele in dieser Zeit.',
      secondsMissing: 'Angeben, binnen wie vieler Sekunden.',
      keyMissing: 'Einen Schlüssel eingeben, oder die Grenzen je Schlüssel leeren.',
      keyLimitMissing: 'Eine Grenze für den Schlüssel eingeben, oder den Schlüssel leeren.',
    },
    waits: {
      'workflow-concurrency':
        'Wartet auf einen Platz: So viele Ausführungen dieses Workflows laufen, wie seine Grenze erlaubt',
      'workflow-rate':
        'Wartet, bis sie an der Reihe ist: So viele Ausführungen dieses Workflows begannen, wie seine Rate erlaubt',
      'key-concurrency':
        'Wartet auf einen Platz: So viele Ausführungen mit dem Schlüssel „{key}“ laufen, wie die Grenze erlaubt',
      'key-rate':
        'Wartet, bis sie an der Reihe ist: So viele Ausführungen mit dem Schlüssel „{key}“ begannen, wie die Rate erlaubt',
      order: 'Wartet hinter früheren Ausführungen mit demselben Schlüssel',
      'credential-concurrency':
        '„{node}“ wartet: So viele Knoten benutzen die Zugangsdaten „{credential}“, wie deren Grenze erlaubt',
      'credential-rate':
        '„{node}“ wartet: So viele Anfragen gingen mit den Zugangsdaten „{credential}“ hinaus, wie deren Rate erlaubt',
    },
  },
};
