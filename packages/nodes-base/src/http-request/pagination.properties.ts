import type { Property } from '@millrace/workflow/node-api';
import { choices, show } from './property-parts.ts';

const UPDATE = 'updateAParameterInEachRequest';
const NEXT_URL = 'responseContainsNextURL';

export const paginationOption: Property = {
  displayName: 'Pagination',
  name: 'pagination',
  type: 'fixedCollection',
  typeOptions: { multipleValues: false },
  default: { pagination: {} },
  options: [
    {
      name: 'pagination',
      displayName: 'Pagination',
      values: [
        {
          displayName: 'Mode',
          name: 'paginationMode',
          type: 'options',
          typeOptions: { noDataExpression: true },
          default: UPDATE,
          options: choices([
            ['Off', 'off'],
            ['Update a parameter in each request', UPDATE],
            ['Response contains the next URL', NEXT_URL],
          ]),
        },
        {
          displayName: 'Next URL',
          name: 'nextURL',
          type: 'string',
          default: '',
          placeholder: '={{ $response.body.next }}',
          ...show({ paginationMode: [NEXT_URL] }),
        },
        {
          displayName: 'Parameters',
          name: 'parameters',
          type: 'fixedCollection',
          typeOptions: { multipleValues: true, noExpression: true },
          default: { parameters: [{ type: 'qs', name: '', value: '' }] },
          ...show({ paginationMode: [UPDATE] }),
          options: [
            {
              name: 'parameters',
              displayName: 'Parameter',
              values: [
                {
                  displayName: 'Type',
                  name: 'type',
                  type: 'options',
                  default: 'qs',
                  options: choices([
                    ['Body', 'body'],
                    ['Header', 'headers'],
                    ['Query', 'qs'],
                  ]),
                },
                {
                  displayName: 'Name',
                  name: 'name',
                  type: 'string',
                  default: '',
                  placeholder: 'page',
                },
                {
                  displayName: 'Value',
                  name: 'value',
                  type: 'string',
                  default: '',
                  hint: 'Use {{ $pageCount }} and {{ $response }}',
                },
              ],
            },
          ],
        },
        {
          displayName: 'Complete when',
          name: 'paginationCompleteWhen',
          type: 'options',
          typeOptions: { noDataExpression: true },
          default: 'responseIsEmpty',
          options: choices([
            ['Response is empty', 'responseIsEmpty'],
            ['A status code is received', 'receiveSpecificStatusCodes'],
            ['An expression is true', 'other'],
          ]),
        },
        {
          displayName: 'Status codes',
          name: 'statusCodesWhenComplete',
          type: 'string',
          typeOptions: { noDataExpression: true },
          default: '',
          placeholder: '404,410',
          ...show({ paginationCompleteWhen: ['receiveSpecificStatusCodes'] }),
        },
        {
          displayName: 'Complete expression',
          name: 'completeExpression',
          type: 'string',
          default: '',
          placeholder: '={{ !$response.body.hasMore }}',
          ...show({ paginationCompleteWhen: ['other'] }),
        },
        {
          displayName: 'Limit pages',
          name: 'limitPagesFetched',
          type: 'boolean',
          default: false,
          noDataExpression: true,
        },
        {
          displayName: 'Most pages',
          name: 'maxRequests',
          type: 'number',
          default: 100,
          ...show({ limitPagesFetched: [true] }),
        },
        {
          displayName: 'Pause between requests (ms)',
          name: 'requestInterval',
          type: 'number',
          default: 0,
        },
      ],
    },
  ],
};
