import type { WorkflowTemplate } from '@millrace/workflow/node-api';
import { chatHandoff, outreachAnswers, outreachQueue } from './contacts.ts';
import { programmeTemplates } from './programmes.ts';
import { keywordScoringApi, linkGapReport, quickWinsFromExport, toxicLinkWatch } from './search.ts';
import { trendAlert, trendKeywords } from './trends.ts';

/** Every template, in the order people see them. */
export const templates: readonly WorkflowTemplate[] = [
  ...programmeTemplates,
  quickWinsFromExport,
  keywordScoringApi,
  linkGapReport,
  toxicLinkWatch,
  trendAlert,
  trendKeywords,
  outreachQueue,
  outreachAnswers,
  chatHandoff,
];
