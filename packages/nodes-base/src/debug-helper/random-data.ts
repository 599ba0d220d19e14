import { createHash } from 'node:crypto';

const FIRST_NAMES = [
  'Ada',
  'Alan',
  'Barbara',
  'Edsger',
  'Frances',
  'Grace',
  'Hedy',
  'Ken',
  'Leslie',
  'Radia',
];
const LAST_NAMES = [
  'Allen',
  'Dijkstra',
  'Hopper',
  'Lamarr',
  'Lamport',
  'Liskov',
  'Lovelace',
  'Perlman',
  'Thompson',
  'Turing',
];
const STREETS = ['Mill Lane', 'River Road', 'High Street', 'Station Road', 'Church Street'];
const PLACES = [
  { city: 'Oslo', country: 'Norway' },
  { city: 'Lyon', country: 'France' },
  { city: 'Porto', country: 'Portugal' },
  { city: 'Ghent', country: 'Belgium' },
  { city: 'Turku', country: 'Finland' },
];

/** Whole numbers from 0 below `limit`, the same ones in the same order for the same seed. */
export type Dice = (limit: number) => number;

export function createDice(seed: string): Dice {
  let drawn = 0;
  return (limit) => {
    const hash = createHash('sha256').update(`${seed}\n${drawn++}`).digest();
    return hash.readUIntBE(0, 6) % limit;
  };
}

/** How ids of the Nano ID kind are made. */
export interface IdStyle {
  readonly alphabet: string;
  readonly length: number;
}

/** One made-up record for each kind of data. Addresses and cards lead nowhere. */
export const randomData: Readonly<Record<string, (dice: Dice, ids: IdStyle) => object>> = {
  address: (dice) => {
    const { city, country } = pick(dice, PLACES);
    return {
      firstname: pick(dice, FIRST_NAMES),
      lastname: pick(dice, LAST_NAMES),
      street: `${1 + dice(200)} ${pick(dice, STREETS)}`,
      city,
      zip: digits(dice, 5),
      country,
    };
  },
  coordinates: (dice) => ({
    latitude: dice(180_000_000) / 1e6 - 90,
    longitude: dice(360_000_000) / 1e6 - 180,
  }),
  creditCard: (dice) => ({
    type: 'Test',
    number: withLuhn(`400000${digits(dice, 9)}`),
    ccv: digits(dice, 3),
    exp: `${String(1 + dice(12)).padStart(2, '0')}/${30 + dice(9)}`,
    holder_name: fullName(dice),
  }),
  email: (dice) => ({ email: email(dice), confirmed: dice(2) === 1 }),
  ipv4: (dice) => ({ ip: Array.from({ length: 4 }, () => dice(256)).join('.') }),
  ipv6: (dice) => ({ ipv6: Array.from({ length: 8 }, () => hex(dice, 4)).join(':') }),
  macAddress: (dice) => ({ mac: Array.from({ length: 6 }, () => hex(dice, 2)).join(':') }),
  nanoid: (dice, { alphabet, length }) => ({
    nanoId: Array.from({ length }, () => alphabet[dice(alphabet.length)]).join(''),
  }),
  url: (dice) => ({
    url: `https://${pick(dice, LAST_NAMES).toLowerCase()}.example/${hex(dice, 6)}`,
  }),
  user: (dice) => {
    const [first, last] = [pick(dice, FIRST_NAMES), pick(dice, LAST_NAMES)];
    return {
      uid: uuid(dice),
      email: `${first}.${last}@example.com`.toLowerCase(),
      firstname: first,
      lastname: last,
      password: hex(dice, 12),
    };
  },
  uuid: (dice) => ({ uuid: uuid(dice) }),
  semver: (dice) => version(dice),
  version: (dice) => version(dice),
};

const version = (dice: Dice) => ({ version: [dice(10), dice(20), dice(50)].join('.') });

const pick = <T>(dice: Dice, values: readonly [T, ...T[]] | readonly T[]): T => {
  const value = values[dice(values.length)];
  if (value === undefined) throw new RangeError('Nothing to pick from');
  return value;
};

const fullName = (dice: Dice): string => `${pick(dice, FIRST_NAMES)} ${pick(dice, LAST_NAMES)}`;

const email = (dice: Dice): string =>
  `${fullName(dice).replace(' ', '.').toLowerCase()}${dice(1000)}@example.com`;

const digits = (dice: Dice, length: number): string =>
  Array.from({ length }, () => dice(10)).join('');

const hex = (dice: Dice, length: number): string =>
  Array.from({ length }, () => dice(16).toString(16)).join('');

const uuid = (dice: Dice): string =>
  [
    hex(dice, 8),
    hex(dice, 4),
    `4${hex(dice, 3)}`,
    `${(8 + dice(4)).toString(16)}${hex(dice, 3)}`,
    hex(dice, 12),
  ].join('-');

/** The number with the check digit card forms look for. */
function withLuhn(number: string): string {
  const sum = [...number]
    .toReversed()
    .map((digit, index) => (index % 2 === 0 ? Number(digit) * 2 : Number(digit)))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return number + String((10 - (sum % 10)) % 10);
}
