import type { Credential, CredentialTestResult } from '@millrace/api';
import { computed, shallowReactive, shallowRef } from 'vue';
import { useForm } from '../../lib/useForm.ts';
import { isFaulty, limitOf, textsOf } from '../limits/index.ts';
import { dataOf, fieldFault, fieldsOf } from './credential-fields.ts';
import { useCredentialsStore } from './credentials.store.ts';

/**
 * State of the dialog for one credential.
 *
 * @param edited - The credential to change; undefined makes a new one.
 * @param wantedType - Type chosen at the start.
 * @param onSaved - Called with what the server stored.
 */
export function useCredentialForm(
  edited: Credential | undefined,
  wantedType: string | undefined,
  onSaved: (saved: Credential) => void,
) {
  const store = useCredentialsStore();
  const type = shallowRef(edited?.type ?? wantedType);
  const name = shallowRef(edited?.name ?? '');
  const hosts = shallowRef(edited?.hosts.join('\n') ?? '');
  const limits = shallowRef(textsOf(edited?.limits));
  const values = shallowReactive(new Map<string, string>());

  const info = computed(() => store.types.find((known) => known.name === type.value));
  const fields = computed(() => (info.value ? fieldsOf(info.value) : []));
  const isStored = (field: string) => edited?.filledFields.includes(field) ?? false;

  const faultOf = (fieldName: string) => {
    const field = fields.value.find((each) => each.name === fieldName);
    return field && fieldFault(field, valueOf(fieldName), isStored(fieldName));
  };

  const result = shallowRef<CredentialTestResult>();
  const isTesting = shallowRef(false);
  const hostList = () => hosts.value.split(/[\s,]+/).filter(Boolean);
  /** Set while the form is sent in order to connect at the service. */
  const consent: { window?: Window | null } = {};

  const form = useForm(
    {
      type: () => (type.value ? undefined : 'credentials.faults.typeMissing'),
      name: () => (name.value.trim() ? undefined : 'credentials.faults.nameMissing'),
      limits: () => (isFaulty(limits.value) ? 'credentials.faults.limitsWrong' : undefined),
      data: () => fields.value.map((field) => faultOf(field.name)).find(Boolean),
    },
    async () => {
      const body = {
        name: name.value.trim(),
        data: dataOf(fields.value, values, edited !== undefined),
        hosts: hostList(),
        limits: limitOf(limits.value) ?? null,
      };
      const saved = edited
        ? await store.update(edited.id, body)
        : await store.create({ ...body, type: type.value ?? '' });
      await goToConsent(saved.id);
      onSaved(saved);
    },
  );

  /** Tries what stands in the form; secrets left empty are the stored ones. */
  async function test() {
    isTesting.value = true;
    result.value = await store.test({
      type: type.value ?? '',
      data: dataOf(fields.value, values, edited !== undefined),
      hosts: hostList(),
      ...(edited && { id: edited.id }),
    });
    isTesting.value = false;
  }

  /** Saves, then shows the service's consent page in a window of its own. */
  async function saveAndConnect() {
    // Opened within the click: later, browsers take it for an advertisement.
    consent.window = window.open('', '_blank');
    await form.submit();
    consent.window?.close();
    delete consent.window;
  }

  async function goToConsent(id: string) {
    const page = consent.window;
    if (!page) return;
    const url = await store.consentUrl(id);
    if (!url) return;
    page.location.href = url;
    delete consent.window;
  }

  /** Chooses a type, and names the credential after it while the person has not. */
  function chooseType(next: string | undefined) {
    const isOwnName = name.value !== '' && name.value !== info.value?.displayName;
    type.value = next;
    values.clear();
    result.value = undefined;
    if (!isOwnName) name.value = info.value?.displayName ?? '';
    if (hosts.value === '') hosts.value = info.value?.hosts.join('\n') ?? '';
  }

  /** What stands in a field: what was typed, else its default; a stored value is not shown. */
  function valueOf(fieldName: string): string {
    const typed = values.get(fieldName);
    if (typed !== undefined) return typed;
    return edited ? '' : (fields.value.find((field) => field.name === fieldName)?.initial ?? '');
  }

  if (!edited) chooseType(wantedType);

  return {
    type,
    info,
    name,
    hosts,
    limits,
    values,
    fields,
    result,
    isTesting,
    isStored,
    faultOf,
    valueOf,
    chooseType,
    test,
    saveAndConnect,
    ...form,
  };
}
