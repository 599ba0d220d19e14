import {
  ApiError,
  getWorkflow,
  publishWorkflow,
  saveWorkflow,
  unpublishWorkflow,
  type Workflow,
} from '@millrace/api';
import { onScopeDispose, watch } from 'vue';
import { api } from '../../lib/api.ts';
import { useDraftStore, type DraftFacts } from './draft.store.ts';

const QUIET_MS = 700;

/** Loads a draft, saves it by itself when typing rests, and publishes it. One per open editor. */
export function useDraftSync() {
  const draft = useDraftStore();
  const pending: {
    timer?: ReturnType<typeof setTimeout> | undefined;
    saving?: Promise<void> | undefined;
  } = {};

  watch(
    () => draft.workflow,
    () => {
      if (draft.saveState === 'unsaved') later();
    },
  );
  onScopeDispose(() => {
    clearTimeout(pending.timer);
    if (draft.saveState === 'unsaved') void flush();
  });

  async function load(id: string) {
    const stored = await api(getWorkflow, { params: { id } });
    draft.open(stored, factsOf(stored));
  }

  function later() {
    clearTimeout(pending.timer);
    pending.timer = setTimeout(() => void flush(), QUIET_MS);
  }

  /** Saves now what is not saved yet; resolves when the server holds it, or it failed (see `saveState`). */
  async function flush() {
    clearTimeout(pending.timer);
    await pending.saving;
    if (draft.saveState !== 'unsaved' && draft.saveState !== 'failed') return;
    pending.saving = save().finally(() => (pending.saving = undefined));
    await pending.saving;
  }

  async function save() {
    const { facts, workflow } = draft;
    if (!facts) return;
    draft.saveState = 'saving';
    try {
      const stored = await api(saveWorkflow, {
        params: { id: facts.id },
        body: { ...workflow, revision: facts.revision },
      });
      draft.facts = factsOf(stored);
      // Edits made while the save was under way are saved next.
      draft.saveState = draft.workflow === workflow ? 'saved' : 'unsaved';
      if (draft.workflow !== workflow) later();
    } catch (error) {
      draft.saveState = error instanceof ApiError && error.status === 409 ? 'conflict' : 'failed';
    }
  }

  /** After a conflict: puts our draft over what another tab or person saved. */
  async function overwrite() {
    const { facts } = draft;
    if (!facts) return;
    const theirs = await api(getWorkflow, { params: { id: facts.id } });
    draft.facts = factsOf(theirs);
    draft.saveState = 'unsaved';
    await flush();
  }

  async function publish() {
    await flush();
    if (!draft.facts) return;
    draft.facts = factsOf(await api(publishWorkflow, { params: { id: draft.facts.id } }));
  }

  async function unpublish() {
    if (!draft.facts) return;
    draft.facts = factsOf(await api(unpublishWorkflow, { params: { id: draft.facts.id } }));
  }

  return { load, flush, overwrite, publish, unpublish };
}

const factsOf = ({ id, revision, active, hasUnpublishedChanges }: Workflow): DraftFacts => ({
  id,
  revision,
  active: active ?? false,
  hasUnpublishedChanges,
});
