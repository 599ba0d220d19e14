import type { CredentialType } from '@millrace/workflow/node-api';

/** Any service that speaks OpenAI's interface: the base URL says which. */
export const llmApi: CredentialType = {
  name: 'llmApi',
  displayName: 'Language model',
  properties: [
    {
      displayName: 'Base URL',
      name: 'baseUrl',
      type: 'string',
      required: true,
      default: 'https://api.openai.com/v1',
      description:
        'Anthropic: https://api.anthropic.com/v1 · Gemini: https://generativelanguage.googleapis.com/v1beta/openai · Mistral: https://api.mistral.ai/v1 · Ollama: http://localhost:11434/v1 · vLLM: its address with /v1',
    },
    {
      displayName: 'Key',
      name: 'key',
      type: 'string',
      default: '',
      typeOptions: { password: true },
      description: 'Services on your own machine need none',
    },
    {
      displayName: 'Models',
      name: 'models',
      type: 'string',
      default: '',
      description:
        'In order of preference, with commas; the next is asked when one does not answer',
    },
    {
      displayName: 'Embedding model',
      name: 'embeddingModel',
      type: 'string',
      default: '',
    },
  ],
  hosts: ['={{ $credentials.baseUrl.split("/")[2] }}'],
  authenticate: {
    type: 'generic',
    properties: {
      headers: { Authorization: '={{ $credentials.key ? "Bearer " + $credentials.key : "" }}' },
    },
  },
  test: { request: { baseURL: '={{ $credentials.baseUrl }}', url: '/models' } },
};
