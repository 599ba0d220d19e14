import { p } from '@millrace/workflow/node-api';

/** How a node is told which fields of its items make a series. */
export const seriesParams = {
  timeField: p.string({ label: 'Time Field', default: 'at', placeholder: 'date' }),
  valueField: p.string({ label: 'Value Field', default: 'value', placeholder: 'visits' }),
  groupBy: p.string({
    label: 'Group By',
    default: '',
    placeholder: 'channel',
    hint: 'One series for each value of this field; left empty, all items are one series',
  }),
};
