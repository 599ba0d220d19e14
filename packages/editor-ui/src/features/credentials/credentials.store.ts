import {
  connectCredential,
  createCredential,
  deleteCredential,
  listCredentialTypes,
  listCredentials,
  testCredentialDraft,
  updateCredential,
  type Credential,
  type CredentialInput,
  type CredentialPatch,
  type CredentialTestInput,
  type CredentialTestResult,
  type CredentialTypeInfo,
} from '@millrace/api';
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { api } from '../../lib/api.ts';
import { toProblem, type Problem } from '../../lib/problem.ts';
import { useAttempt } from '../../lib/useAttempt.ts';

/** The credentials the person may use, without their secrets, and the types there are. */
export const useCredentialsStore = defineStore('credentials', () => {
  const { t } = useI18n({ useScope: 'global' });
  const attempt = useAttempt();

  const rows = shallowRef<readonly Credential[]>([]);
  const types = shallowRef<readonly CredentialTypeInfo[]>([]);
  const isLoading = shallowRef(false);
  const isLoaded = shallowRef(false);
  const problem = shallowRef<Problem>();

  /** Loads credentials and types. */
  async function load() {
    isLoading.value = true;
    problem.value = undefined;
    try {
      const [page, known] = await Promise.all([
        api(listCredentials, { querystring: { limit: 250 } }),
        types.value.length ? { data: types.value } : api(listCredentialTypes, {}),
      ]);
      rows.value = page.data;
      types.value = known.data;
      isLoaded.value = true;
    } catch (error) {
      problem.value = toProblem(error, t('common.unreachable'));
    } finally {
      isLoading.value = false;
    }
  }

  /** Stores a new one. Rejects when the server refuses: the form shows why. */
  async function create(body: CredentialInput): Promise<Credential> {
    const made = await api(createCredential, { body });
    rows.value = [made, ...rows.value];
    return made;
  }

  /** Changes one; secrets left out stay. Rejects when the server refuses. */
  async function update(id: string, body: CredentialPatch): Promise<Credential> {
    const changed = await api(updateCredential, { params: { id }, body });
    rows.value = rows.value.map((row) => (row.id === id ? changed : row));
    return changed;
  }

  /** Tries what stands in the form, saved or not. Undefined when it could not be tried and was said so. */
  async function test(body: CredentialTestInput): Promise<CredentialTestResult | undefined> {
    return attempt(() => api(testCredentialDraft, { body }));
  }

  /** Where its owner says yes at the service; undefined when there is none and was said so. */
  async function consentUrl(id: string): Promise<string | undefined> {
    return (await attempt(() => api(connectCredential, { params: { id } })))?.url;
  }

  /** Returns whether it is gone. */
  async function remove(id: string): Promise<boolean> {
    const isDone = await attempt(async () => {
      await api(deleteCredential, { params: { id } });
      return true;
    });
    if (isDone) rows.value = rows.value.filter((row) => row.id !== id);
    return isDone ?? false;
  }

  /** What a type is called; its id when this server no longer has it. */
  function typeLabel(name: string): string {
    return types.value.find((type) => type.name === name)?.displayName ?? name;
  }

  /** Whether an OAuth2 credential still has to be connected at its service. */
  function needsConsent({ type, filledFields }: Credential): boolean {
    const isOAuth2 = types.value.find(({ name }) => name === type)?.isOAuth2 ?? false;
    return isOAuth2 && !filledFields.includes('oauthTokenData');
  }

  return {
    rows,
    types,
    isLoading,
    isLoaded,
    problem,
    load,
    create,
    update,
    test,
    consentUrl,
    needsConsent,
    remove,
    typeLabel,
  };
});
