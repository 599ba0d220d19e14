import { ApiError, type Client } from '@millrace/api';
import Schema from 'typebox/schema';
import { api } from '../../../lib/api.ts';

/**
 * Calls an endpoint of the marketing package and looks at the answer before anybody uses it: the
 * package is not part of this editor and may be older or newer.
 */
export const callMarketing: Client = async (endpoint, input, options) => {
  const answer = await api(endpoint, input, options);
  for (const schema of Object.values(endpoint.response)) {
    const [isFine, errors] = Schema.Errors(schema, answer);
    if (isFine) return answer;
    throw unreadable(endpoint.url, `${errors[0]?.instancePath ?? ''} ${errors[0]?.message ?? ''}`);
  }
  return answer;
};

const unreadable = (url: string, why: string) =>
  new ApiError({
    type: 'about:blank',
    title: 'Unreadable answer',
    status: 200,
    code: 'RESPONSE_UNREADABLE',
    detail: `${url} answered something this page cannot read: ${why.trim()}`,
    fix: 'Update Millrace and the marketing package to the same version, then load the page again',
  });
