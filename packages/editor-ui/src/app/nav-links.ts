import { History, KeyRound, Settings, Workflow } from '@lucide/vue';

/** The main pages, in the order they are shown. `label` is a message key. */
export const navLinks = [
  { name: 'workflows', label: 'app.nav.workflows', icon: Workflow, also: 'workflow' },
  { name: 'executions', label: 'app.nav.executions', icon: History, also: 'execution' },
  { name: 'credentials', label: 'app.nav.credentials', icon: KeyRound, also: undefined },
  { name: 'settings', label: 'app.nav.settings', icon: Settings, also: undefined },
] as const;
