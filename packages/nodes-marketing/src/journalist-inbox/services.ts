/** Where digests of journalists' queries come from. */
const SERVICES = [
  'helpareporter.com',
  'helpareporter.net',
  'featured.com',
  'qwoted.com',
  'sourcebottle.com',
  'sourceofsources.com',
  'helpab2bwriter.com',
  'prnewswire.com',
  'responsesource.com',
];

/** @param senders - Domains or addresses by commas; empty: the known services. */
export function isFromService(from: string, senders: string): boolean {
  const given = senders
    .split(',')
    .map((part) => part.trim().toLowerCase().replace(/^@/, ''))
    .filter(Boolean);
  const domain = from.split('@').at(-1) ?? '';
  return (given.length > 0 ? given : SERVICES).some(
    (each) => each === from || each === domain || domain.endsWith(`.${each}`),
  );
}
