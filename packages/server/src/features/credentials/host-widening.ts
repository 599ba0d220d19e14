import type { JsonObject } from '@millrace/workflow/items';
import type { CredentialTypes } from '../../egress/index.ts';
import { InvalidError } from '../../platform/index.ts';

interface Binding {
  readonly hosts: readonly string[];
  readonly data: JsonObject;
}

/**
 * Holds secrets to where they were entered for: who may change a credential but does not know its
 * secrets must not be able to send them elsewhere by changing its hosts or its address.
 *
 * @param entered - The fields that were filled in with this change.
 * @returns the changed data, without tokens of a service it no longer goes to.
 * @throws {InvalidError} when it would go to a new host and its secrets were not entered again.
 */
export function refuseWidening(
  types: CredentialTypes,
  type: string,
  change: { readonly before: Binding; readonly after: Binding; readonly entered: JsonObject },
): JsonObject {
  const { before, after, entered } = change;
  const hostsOf = ({ hosts, data }: Binding) =>
    hosts.length > 0 ? hosts : types.hostsOf(type, data);
  const [bound, wanted] = [hostsOf(before), hostsOf(after)];
  const isWithin = wanted.length > 0 && wanted.every((host) => bound.includes(host));
  if (bound.length === 0 || isWithin) return after.data;

  const missing = (types.find(type)?.properties ?? [])
    .filter(({ typeOptions }) => typeOptions?.['password'] === true)
    .filter(({ name }) => isFilled(before.data[name]) && !isFilled(entered[name]));
  if (missing.length > 0) {
    const names = missing.map(({ displayName }) => `"${displayName}"`).join(', ');
    throw new InvalidError(
      `These secrets were entered for ${bound.join(', ')} and would now go elsewhere`,
      `Fill in ${names} again together with the new host`,
    );
  }
  return { ...after.data, oauthTokenData: undefined };
}

const isFilled = (value: unknown) => value !== undefined && value !== null && value !== '';
