import { listNodeTypes } from '@millrace/api';
import type { NodeJson } from '@millrace/workflow/graph';
import type { NodeDescription } from '@millrace/workflow/node-api';
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { api } from '../../lib/api.ts';
import { versionOf } from './new-node.ts';

/** The node types this server knows, as the canvas, the creator and the panel draw them. */
export const useNodeTypesStore = defineStore('node-types', () => {
  const types = shallowRef<readonly NodeDescription[]>([]);
  const byName = computed(() => Map.groupBy(types.value, ({ name }) => name));
  /** One description per type: the version new nodes get. */
  const newest = computed(() =>
    [...byName.value.values()].flatMap((versions) =>
      versions.toSorted((a, b) => versionOf(b) - versionOf(a)).slice(0, 1),
    ),
  );

  async function load() {
    if (types.value.length > 0) return;
    types.value = (await api(listNodeTypes, {})).data;
  }

  /** The description for exactly this node's version, else the nearest of its type. */
  function find({ type, typeVersion }: Pick<NodeJson, 'type' | 'typeVersion'>) {
    const versions = byName.value.get(type) ?? [];
    return versions.find((each) => [each.version].flat().includes(typeVersion)) ?? versions.at(-1);
  }

  return { types, newest, load, find };
});
