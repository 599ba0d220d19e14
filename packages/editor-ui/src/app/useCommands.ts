import { KeyRound, Moon, Plus, Sun, Workflow } from '@lucide/vue';
import { computed, shallowRef, type Component, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { useWorkflowsStore } from '../features/workflows/index.ts';
import { useTheme } from '../lib/useTheme.ts';
import { marketingLinks, navLinks } from './nav-links.ts';

/** One line of the command bar. */
export interface Command {
  readonly id: string;
  readonly label: string;
  readonly icon: Component;
  readonly group: 'actions' | 'go' | 'workflows';
  readonly run: () => void;
}

/** What the command bar offers for `query`; `load` fetches the workflows. */
export function useCommands(query: Ref<string>) {
  const { t } = useI18n();
  const router = useRouter();
  const theme = useTheme();
  const workflows = useWorkflowsStore();
  const names = shallowRef<readonly { readonly id: string; readonly name: string }[]>([]);

  async function load() {
    names.value = await workflows.listNames();
  }

  async function createWorkflow() {
    const id = await workflows.create(t('workflows.newName'));
    if (id) await router.push({ name: 'workflow', params: { id } });
  }

  const all = computed<readonly Command[]>(() => [
    {
      id: 'new-workflow',
      label: t('command.newWorkflow'),
      icon: Plus,
      group: 'actions',
      run: () => void createWorkflow(),
    },
    {
      id: 'new-credential',
      label: t('command.newCredential'),
      icon: KeyRound,
      group: 'actions',
      run: () => void router.push({ name: 'credentials', query: { new: '1' } }),
    },
    {
      id: 'light',
      label: t('command.light'),
      icon: Sun,
      group: 'actions',
      run: () => theme.choose('light'),
    },
    {
      id: 'dark',
      label: t('command.dark'),
      icon: Moon,
      group: 'actions',
      run: () => theme.choose('dark'),
    },
    ...[...navLinks, ...marketingLinks].map((link): Command => ({
      id: `go-${link.name}`,
      label: t(link.label),
      icon: link.icon,
      group: 'go',
      run: () => void router.push({ name: link.name }),
    })),
    ...names.value.map(({ id, name }): Command => ({
      id: `workflow-${id}`,
      label: name,
      icon: Workflow,
      group: 'workflows',
      run: () => void router.push({ name: 'workflow', params: { id } }),
    })),
  ]);

  const found = computed(() => {
    const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    return all.value
      .filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)))
      .slice(0, 60);
  });

  return { found, load };
}
