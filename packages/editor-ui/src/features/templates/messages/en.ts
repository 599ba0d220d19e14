export const messages = {
  templates: {
    title: 'Templates',
    text: 'Workflows ready to use. Look at one, make it yours, change what you like.',
    search: 'Search templates',
    noneFound: 'No template matches. Try fewer words.',
    back: 'All templates',
    use: 'Use this template',
    needs: 'Credentials it uses',
    there: '{type}: there',
    missing: '{type}: add it after',
    empty: {
      title: 'No templates',
      text: 'They come with packages, such as the one for marketing.',
    },
  },
};
