// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test } from 'vitest';
import { useDraftStore } from './draft.store.ts';

const node = (name: string, x = 0) => ({
  id: name,
  name,
  type: 't.x',
  typeVersion: 1,
  position: [x, 0] as const,
  parameters: {},
});
const wire = (from: string, to: string) => ({ from, output: 0, to, input: 0, type: 'main' });
const facts = { id: 'w', revision: 1, active: false, hasUnpublishedChanges: true };

beforeEach(() => setActivePinia(createPinia()));

function opened() {
  const draft = useDraftStore();
  draft.open(
    { name: 'W', nodes: [node('a'), node('b', 300), node('c', 600)], connections: {} },
    facts,
  );
  draft.edit({ type: 'connect', wire: wire('a', 'b') });
  draft.edit({ type: 'connect', wire: wire('b', 'c') });
  return draft;
}

test('deleting a node heals the wire, and undo brings both back', () => {
  const draft = opened();
  draft.edit({ type: 'removeNodes', names: ['b'], heal: true });
  expect(draft.wires).toEqual([wire('a', 'c')]);
  draft.undo();
  expect(draft.wires).toEqual([wire('a', 'b'), wire('b', 'c')]);
  draft.redo();
  expect([...draft.nodes.keys()]).toEqual(['a', 'c']);
});

test('letters typed into one field are one step of undo, until the field is left', () => {
  const draft = opened();
  const type = (value: string) =>
    draft.edit({ type: 'setParameter', node: 'a', path: 'text', value }, 'a text');
  type('h');
  type('hi');
  draft.endStep();
  type('hi!');
  draft.undo();
  expect(draft.nodes.get('a')?.parameters['text']).toBe('hi');
  draft.undo();
  expect(draft.nodes.get('a')?.parameters).toEqual({});
});

test('an edit marks the draft unsaved; a read-only workflow takes none', () => {
  const draft = opened();
  expect(draft.saveState).toBe('unsaved');
  draft.open({ name: 'Past', nodes: [node('a')], connections: {} });
  draft.edit({ type: 'setName', name: 'Other' });
  expect(draft.workflow.name).toBe('Past');
  expect(draft.saveState).toBe('saved');
});
