/** Who may import whom (shared design: architecture). `scripts/import-rules.test.ts` shows that each rule fires. */
const layer = (name, from, mayNot) => ({
  name,
  severity: 'error',
  from: { path: `^packages/(${from})/src/`, pathNot: '\\.test(-d)?\\.ts$' },
  to: { path: `^packages/(${mayNot})/` },
});

export default {
  forbidden: [
    {
      // Components may hold themselves: a parameter form is as deep as the parameters are.
      name: 'no-cycles',
      severity: 'error',
      from: { pathNot: '\\.vue$' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    layer(
      'workflow-imports-nothing',
      'workflow',
      'api|nodes-base|nodes-marketing|server|cli|editor-ui|testing',
    ),
    layer(
      'api-imports-workflow-only',
      'api',
      'nodes-base|nodes-marketing|server|cli|editor-ui|testing',
    ),
    layer(
      'nodes-import-workflow-only',
      'nodes-base|nodes-marketing',
      'api|server|cli|editor-ui|testing',
    ),
    layer('editor-talks-over-api', 'editor-ui', 'nodes-base|nodes-marketing|server|cli|testing'),
    layer('server-knows-no-nodes', 'server', 'editor-ui|cli|nodes-base|nodes-marketing|testing'),
    layer('only-tests-import-testing', 'cli', 'testing'),
    {
      name: 'features-meet-at-index',
      severity: 'error',
      from: { path: '^packages/(server|editor-ui)/src/features/([^/]+)/' },
      to: {
        path: '^packages/$1/src/features/([^/]+)/(?!index\\.ts$)',
        pathNot: '^packages/$1/src/features/$2/',
      },
    },
    {
      name: 'ui-imports-no-feature',
      severity: 'error',
      from: { path: '^packages/editor-ui/src/(ui|lib)/' },
      to: { path: '^packages/editor-ui/src/(features|app)/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default'] },
  },
};
