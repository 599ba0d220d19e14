import {
  History,
  KeyRound,
  LayoutTemplate,
  Settings,
  Table2,
  Variable,
  Workflow,
} from '@lucide/vue';

/** The main pages, in the order they are shown. `label` is a message key. */
export const navLinks = [
  { name: 'workflows', label: 'app.nav.workflows', icon: Workflow, also: 'workflow' },
  { name: 'executions', label: 'app.nav.executions', icon: History, also: 'execution' },
  { name: 'templates', label: 'app.nav.templates', icon: LayoutTemplate, also: 'template' },
  { name: 'data-tables', label: 'app.nav.data-tables', icon: Table2, also: 'data-table' },
  { name: 'credentials', label: 'app.nav.credentials', icon: KeyRound, also: undefined },
  { name: 'variables', label: 'app.nav.variables', icon: Variable, also: undefined },
  { name: 'settings', label: 'app.nav.settings', icon: Settings, also: undefined },
] as const;
