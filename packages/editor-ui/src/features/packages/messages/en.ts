export const messages = {
  packages: {
    title: 'Packages',
    text: 'What brings nodes, templates and tables to this server.',
    nodes: 'No nodes | 1 node | {n} nodes',
    credentials: 'No credential types | 1 credential type | {n} credential types',
    templates: 'No templates | 1 template | {n} templates',
    tables: 'No tables | 1 table | {n} tables',
    jobs: 'No jobs | 1 job | {n} jobs',
    empty: {
      title: 'No packages',
      text: 'Packages are npm packages that the server finds at its start. See “Packages” in the docs.',
    },
  },
};
