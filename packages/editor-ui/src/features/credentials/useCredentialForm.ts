import type { Credential } from '@millrace/api';
import { computed, shallowReactive, shallowRef } from 'vue';
import { useForm } from '../../lib/useForm.ts';
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
  const values = shallowReactive(new Map<string, string>());

  const info = computed(() => store.types.find((known) => known.name === type.value));
  const fields = computed(() => (info.value ? fieldsOf(info.value) : []));
  const isStored = (field: string) => edited?.filledFields.includes(field) ?? false;

  const faultOf = (fieldName: string) => {
    const field = fields.value.find((each) => each.name === fieldName);
    return field && fieldFault(field, valueOf(fieldName), isStored(fieldName));
  };

  const form = useForm(
    {
      type: () => (type.value ? undefined : 'credentials.faults.typeMissing'),
      name: () => (name.value.trim() ? undefined : 'credentials.faults.nameMissing'),
      data: () => fields.value.map((field) => faultOf(field.name)).find(Boolean),
    },
    async () => {
      const body = {
        name: name.value.trim(),
        data: dataOf(fields.value, values, edited !== undefined),
        hosts: hosts.value.split(/[\s,]+/).filter(Boolean),
      };
      const saved = edited
        ? await store.update(edited.id, body)
        : await store.create({ ...body, type: type.value ?? '' });
      onSaved(saved);
    },
  );

  /** Chooses a type, and names the credential after it while the person has not. */
  function chooseType(next: string | undefined) {
    const isOwnName = name.value !== '' && name.value !== info.value?.displayName;
    type.value = next;
    values.clear();
    if (!isOwnName) name.value = info.value?.displayName ?? '';
  }

  /** What stands in a field: what was typed, else its default; a stored value is not shown. */
  function valueOf(fieldName: string): string {
    const typed = values.get(fieldName);
    if (typed !== undefined) return typed;
    return edited ? '' : (fields.value.find((field) => field.name === fieldName)?.initial ?? '');
  }

  return { type, name, hosts, values, fields, isStored, faultOf, valueOf, chooseType, ...form };
}
