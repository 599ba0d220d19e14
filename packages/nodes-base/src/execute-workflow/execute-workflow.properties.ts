import { describeParams, p, type Property } from '@millrace/workflow/node-api';

/** Parameters of versions 1 to 1.4 (n8n-facts K). */
export const executeWorkflowProperties: readonly Property[] = [
  ...describeParams({
    operation: p.hidden({ default: 'call_workflow' }),
    source: p.options({
      label: 'Source',
      default: 'database',
      choices: [
        { value: 'database', label: 'Database' },
        { value: 'parameter', label: 'Define below' },
        { value: 'localFile', label: 'Local file' },
        { value: 'url', label: 'URL' },
      ],
    }),
    workflowId: p.string({
      label: 'Workflow id',
      required: true,
      when: { source: ['database'], '@version': [1] },
    }),
  }),
  ...describeParams({
    workflowId: p.raw({
      label: 'Workflow',
      type: 'workflowSelector',
      default: '',
      required: true,
      when: { source: ['database'], '@version': [{ _cnd: { gte: 1.1 } }] },
    }),
    workflowPath: p.string({ label: 'Workflow path', when: { source: ['localFile'] } }),
    workflowJson: p.json({
      label: 'Workflow JSON',
      default: '\n\n\n',
      rows: 10,
      when: { source: ['parameter'] },
    }),
    workflowUrl: p.string({ label: 'Workflow URL', when: { source: ['url'] } }),
    workflowInputs: p.resourceMapper({
      label: 'Workflow inputs',
      when: { source: ['database'], '@version': [{ _cnd: { gte: 1.2 } }] },
      unless: { workflowId: [''] },
      typeOptions: { resourceMapper: { mode: 'map', addAllFields: true, supportAutoMap: false } },
    }),
    mode: p.options({
      label: 'Mode',
      default: 'once',
      choices: [
        { value: 'once', label: 'Run once with all items' },
        { value: 'each', label: 'Run once for each item' },
      ],
    }),
    options: p.collection({
      label: 'Options',
      fields: {
        waitForSubWorkflow: p.boolean({ label: 'Wait for the sub-workflow', default: true }),
      },
    }),
  }),
];
