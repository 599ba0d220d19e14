import type { Page } from 'playwright-core';
import { fillMarketing } from './marketing-demo.ts';

/** What the pictures are taken of. */
export interface Demo {
  readonly base: string;
  readonly workflowId: string;
  readonly executionId: string;
  readonly tableId: string;
  readonly templateId: string;
}

interface Shot {
  /** The picture's file name, without theme and extension. */
  readonly name: string;
  /** Seen without an account. */
  readonly isPublic?: boolean;
  /** Leads the page to what is to be seen. */
  open(page: Page, demo: Demo): Promise<void>;
}

/** Every page, and the states of the editor worth a look. */
export const shots: readonly Shot[] = [
  {
    name: 'setup',
    isPublic: true,
    open: async (page, { base }) => {
      await page.goto(base);
      await page.getByLabel(/e-?mail/i).waitFor();
    },
  },
  at('workflows', () => '/workflows', 'Thank customers'),
  at('executions', () => '/executions', 'Thank customers'),
  at('credentials', () => '/credentials'),
  at('templates', () => '/templates'),
  at('template', ({ templateId }) => `/templates/${templateId}`),
  at('data-tables', () => '/data-tables', 'Customers'),
  at('data-table', ({ tableId }) => `/data-tables/${tableId}`, 'Add row'),
  at('variables', () => '/variables', '$vars.bigOrder'),
  at('settings', () => '/settings'),
  at('settings-api-keys', () => '/settings/api-keys'),
  at('settings-tags', () => '/settings/tags'),
  at('settings-language-models', () => '/settings/language-models'),
  at('settings-members', () => '/settings/members', 'owner@example.com'),
  at('settings-storage', () => '/settings/storage', 'Executions by workflow'),
  at('settings-workers', () => '/settings/workers'),
  at('settings-packages', () => '/settings/packages'),
  at('settings-audit', () => '/settings/audit'),
  {
    name: 'execution',
    open: async (page, { base, executionId }) => {
      await page.goto(`${base}/executions/${executionId}`);
      await page.getByRole('group', { name: /^Both/ }).first().waitFor();
    },
  },
  { name: 'editor', open: openEditor },
  {
    name: 'node-creator',
    open: async (page, demo) => {
      await openEditor(page, demo);
      await page.keyboard.press('n');
      await page.getByRole('combobox', { name: 'Search nodes and actions' }).waitFor();
    },
  },
  {
    name: 'panel',
    open: async (page, { base, executionId }) => {
      await page.goto(`${base}/executions/${executionId}`);
      await page
        .getByRole('group', { name: /^Thank warmly/ })
        .first()
        .dblclick();
      await page.getByRole('dialog').waitFor();
    },
  },
  marketing('marketing', '', 'Top opportunities'),
  marketing('marketing-keywords', '/keywords', 'Volume and difficulty'),
  marketing('marketing-trends', '/trends', 'Nearness'),
  marketing('marketing-calendar', '/calendar', 'Today'),
  marketing('marketing-outreach', '/outreach', 'To go out'),
  marketing('marketing-campaigns', '/campaigns', 'Returns'),
  marketing('marketing-programmes', '/programmes?programme=campaigns', 'Learned'),
];

/** A plain page: shown when `text` is on it. */
function at(name: string, path: (demo: Demo) => string, text?: string): Shot {
  return {
    name,
    open: async (page, demo) => {
      await page.goto(`${demo.base}${path(demo)}`);
      await page.getByRole('heading').first().waitFor();
      if (text) await page.getByText(text).first().waitFor();
    },
  };
}

async function openEditor(page: Page, { base, workflowId }: Demo): Promise<void> {
  await page.goto(`${base}/workflows/${workflowId}`);
  await page.getByRole('group', { name: /^Both/ }).first().waitFor();
}

/** Instances that have marketing data already: the first of these pages fills them. */
const filled = new Set<string>();

/** A page of the marketing group, on sample data that every programme has worked on. */
function marketing(name: string, path: string, text: string): Shot {
  return {
    name,
    open: async (page, { base }) => {
      await page.goto(`${base}/marketing`);
      if (!filled.has(base)) await fillMarketing(page);
      filled.add(base);
      await page.goto(`${base}/marketing${path}`);
      await page.getByText(text).first().waitFor();
    },
  };
}
