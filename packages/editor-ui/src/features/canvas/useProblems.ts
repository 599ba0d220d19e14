import { isNote, type Problem } from '@millrace/workflow/graph';
import { isVisible } from '@millrace/workflow/parameters';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useDraftStore, useNodeTypesStore } from '../workflow-editor/index.ts';

/** What is wrong with the draft, found while typing: unknown types, empty required fields, missing credentials. */
export function useProblems() {
  const { t } = useI18n();
  const draft = useDraftStore();
  const nodeTypes = useNodeTypesStore();

  const problems = computed<readonly Problem[]>(() => {
    if (nodeTypes.types.length === 0) return [];
    return draft.workflow.nodes.flatMap((node): Problem[] => {
      if (node.disabled || isNote(node)) return [];
      const description = nodeTypes.find(node);
      if (!description) {
        const message = t('canvas.problem.unknownType', { type: node.type });
        const fix = t('canvas.problem.unknownTypeFix');
        return [{ code: 'NODE_TYPE_UNKNOWN', message, fix, node: node.name, severity: 'error' }];
      }
      const values = withDefaults(description.properties, node.parameters);
      const shown = description.properties.filter((property) =>
        isVisible(property, values, values, node.typeVersion),
      );
      const empty = shown.filter(({ required, name }) => required && isEmpty(values[name]));
      const credentials = (description.credentials ?? []).filter(
        (use) =>
          use.required &&
          isVisible(use, values, values, node.typeVersion) &&
          !node.credentials?.[use.name],
      );
      return [
        ...empty.map(({ displayName, name }): Problem => ({
          code: 'NODE_PARAM_INVALID',
          message: t('canvas.problem.empty', { field: displayName }),
          fix: t('canvas.problem.emptyFix', { field: displayName }),
          node: node.name,
          field: name,
          severity: 'error',
        })),
        ...credentials.map(({ name }): Problem => ({
          code: 'CRED_MISSING',
          message: t('canvas.problem.credential', { type: name }),
          fix: t('canvas.problem.credentialFix'),
          node: node.name,
          severity: 'error',
        })),
      ];
    });
  });

  const byNode = computed(() => Map.groupBy(problems.value, ({ node }) => node ?? ''));
  const problemsOf = (node: string) => (byNode.value.get(node) ?? []).map(({ message }) => message);

  return { problems, problemsOf };
}

function withDefaults(
  properties: readonly { readonly name: string; readonly default: unknown }[],
  parameters: Readonly<Record<string, unknown>>,
) {
  const defaults = properties
    .toReversed()
    .map((property) => [property.name, property.default] as const);
  return { ...Object.fromEntries(defaults), ...parameters };
}

/** Empty text, nothing, or a locator without a value. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && '__rl' in value && 'value' in value && isEmpty(value.value);
}
