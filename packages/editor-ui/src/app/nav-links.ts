import {
  Bot,
  CalendarDays,
  History,
  KeyRound,
  LayoutTemplate,
  Mail,
  Megaphone,
  Settings,
  Table2,
  TextSearch,
  TrendingUp,
  Variable,
  Wallet,
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

/** The pages of the marketing package, under a heading of their own. */
export const marketingLinks = [
  { name: 'marketing-overview', label: 'app.nav.marketing-overview', icon: Megaphone },
  { name: 'marketing-keywords', label: 'app.nav.marketing-keywords', icon: TextSearch },
  { name: 'marketing-trends', label: 'app.nav.marketing-trends', icon: TrendingUp },
  { name: 'marketing-calendar', label: 'app.nav.marketing-calendar', icon: CalendarDays },
  { name: 'marketing-outreach', label: 'app.nav.marketing-outreach', icon: Mail },
  { name: 'marketing-campaigns', label: 'app.nav.marketing-campaigns', icon: Wallet },
  { name: 'marketing-programmes', label: 'app.nav.marketing-programmes', icon: Bot },
] as const;
