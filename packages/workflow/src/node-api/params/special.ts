import { ParamError } from '../../errors/index.ts';
import type { JsonObject } from '../../items/index.ts';
import type { Property, PropertyChoice, PropertyGroup } from '../description.ts';
import { commonWire, isShown, type Common, type Param } from './param.ts';
import { asText } from './scalar.ts';

/** The rows of an assignment collection: a name, a value, and the type the value becomes. */
export interface Assignment {
  readonly name: string;
  readonly value: unknown;
  readonly type: string;
}

/** Conditions on an item, as n8n's filter parameter (n8n-facts C8). The batch nodes evaluate it. */
export const filter = (about: Common & { typeOptions?: JsonObject }): Param<JsonObject> => ({
  describe: (name) => [
    {
      ...commonWire(name, about),
      type: 'filter',
      default: {},
      typeOptions: { filter: about.typeOptions ?? {} },
    },
  ],
  decode: (wire, name) => asRecord(wire[name]),
});

/** Names, values and types to write into an item. */
export const assignments = (about: Common): Param<readonly Assignment[]> => ({
  describe: (name) => [{ ...commonWire(name, about), type: 'assignmentCollection', default: {} }],
  decode(wire, name) {
    const rows = asRecord(wire[name]).assignments;
    return (Array.isArray(rows) ? rows : []).map(asRecord).map(({ name: key, value, type }) => ({
      name: String(key ?? ''),
      value,
      type: String(type ?? 'string'),
    }));
  },
});

/** One way to point at a resource of a service. */
export interface LocatorMode {
  readonly name: string;
  readonly label: string;
  readonly type?: 'string' | 'list';
  readonly placeholder?: string;
  /** The id is the first group of this pattern. */
  readonly extract?: string;
  /** For lists: the search method that fills it. */
  readonly search?: string;
}

/** A resource by list, id, URL or name. Value: its id. */
export function resourceLocator(
  about: Common & { modes: readonly LocatorMode[]; default?: { mode: string; value: string } },
): Param<string | undefined> {
  return {
    describe: (name) => [
      {
        ...commonWire(name, about),
        type: 'resourceLocator',
        default: {
          __rl: true,
          mode: about.default?.mode ?? about.modes[0]?.name ?? 'id',
          value: about.default?.value ?? '',
        },
        modes: about.modes.map(locatorWire),
      },
    ],
    decode(wire, name, path) {
      if (!isShown(wire, about)) return undefined;
      const value = locatorId(wire[name], about.modes);
      if (!value && about.required) {
        throw new ParamError({
          path,
          expected: 'resource',
          received: wire[name] ?? null,
          reason: 'missing',
        });
      }
      return value;
    },
  };
}

/** Values per column of a service's table, n8n's resource mapper. */
export const resourceMapper = (
  about: Common & { typeOptions?: JsonObject },
): Param<JsonObject> => ({
  describe: (name) => [
    {
      ...commonWire(name, about),
      type: 'resourceMapper',
      default: { mappingMode: 'defineBelow', value: null },
      ...(about.typeOptions && { typeOptions: about.typeOptions }),
    },
  ],
  decode: (wire, name) => asRecord(asRecord(wire[name]).value),
});

/** A wire property said outright, for kinds that have no builder. */
export const raw = (
  about: Common & {
    type: string;
    default: unknown;
    options?: readonly (PropertyChoice | Property | PropertyGroup)[];
    typeOptions?: JsonObject;
    /** The type a literal must have before a run may start, and every value when it is read. */
    validateType?: string;
    /** Only literals are checked; the node checks what expressions give itself. */
    ignoreValidationDuringExecution?: boolean;
  },
): Param<unknown> => ({
  describe: (name) => [
    {
      ...commonWire(name, about),
      type: about.type,
      default: about.default,
      ...(about.options && { options: about.options }),
      ...(about.typeOptions && { typeOptions: about.typeOptions }),
      ...(about.validateType && { validateType: about.validateType }),
      ...(about.ignoreValidationDuringExecution && { ignoreValidationDuringExecution: true }),
    },
  ],
  decode: (wire, name) => (isShown(wire, about) ? wire[name] : undefined),
});

const asRecord = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};

const locatorWire = ({ name, label, type, placeholder, extract, search }: LocatorMode) => ({
  name,
  displayName: label,
  type: type ?? 'string',
  ...(placeholder && { placeholder }),
  ...(extract && { extractValue: { type: 'regex', regex: extract } }),
  ...(search && { typeOptions: { searchListMethod: search, searchable: true } }),
});

function locatorId(value: unknown, modes: readonly LocatorMode[]): string | undefined {
  const { mode, value: given } =
    typeof value === 'object' ? asRecord(value) : { mode: undefined, value };
  const text = asText(given);
  const pattern = modes.find((candidate) => candidate.name === mode)?.extract;
  return pattern && text ? (new RegExp(pattern).exec(text)?.[1] ?? text) : text;
}
