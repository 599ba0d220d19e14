export const messages = {
  limits: {
    emptyHint: 'Empty: no limit.',
    workflow: {
      atOnce: 'Executions at once',
      max: 'Starts, at most',
      seconds: 'within (seconds)',
    },
    key: {
      atOnce: 'At once per key',
      max: 'Starts per key, at most',
      seconds: 'within (seconds)',
    },
    credential: {
      atOnce: 'Nodes at once',
      max: 'Requests, at most',
      seconds: 'within (seconds)',
    },
    keyLabel: 'Key of an execution',
    keyHint:
      'An expression over the first item of the trigger. Executions with the same key share the limits below.',
    keyPlaceholder: '={{ $json.body.customer }}',
    faults: {
      notWhole: 'Enter a whole number from 1 to {most}, or nothing.',
      maxMissing: 'Say how many within this time.',
      secondsMissing: 'Say within how many seconds.',
      keyMissing: 'Enter a key, or empty the limits per key.',
      keyLimitMissing: 'Enter a limit for the key, or empty the key.',
    },
    waits: {
      'workflow-concurrency':
        'Waits for a place: as many executions of this workflow run as its limit allows',
      'workflow-rate':
        'Waits for its turn: as many executions of this workflow started as its rate allows',
      'key-concurrency':
        'Waits for a place: as many executions with the key “{key}” run as the limit allows',
      'key-rate':
        'Waits for its turn: as many executions with the key “{key}” started as the rate allows',
      order: 'Waits behind earlier executions with the same key',
      'credential-concurrency':
        '“{node}” waits: as many nodes use the credential “{credential}” as its limit allows',
      'credential-rate':
        '“{node}” waits: as many requests went out with the credential “{credential}” as its rate allows',
    },
  },
};
