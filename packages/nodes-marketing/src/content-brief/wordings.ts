/**
 * Words of outlines and leads in several forms each: pieces of one kind say the same and must not
 * read the same. `{term}` is the subject, `{keyword}` the search, `{search}` a search near to it.
 */
export interface Wording {
  readonly heading: readonly string[];
  /** One of each list is taken. */
  readonly points: readonly (readonly string[])[];
}

const forms = (heading: string, ...points: readonly string[]): Wording => ({
  heading: heading.split(' | '),
  points: points.map((list) => list.split(' | ')),
});

/** The middle of a piece by its angle. */
export const MIDDLES: Readonly<Record<string, readonly Wording[]>> = {
  explainer: [
    forms(
      'Where {term} comes from | How {term} began | {term}: a short history | The origin of {term} | Before {term} was known',
      'Who began {term} | The first to try {term} | {term} in its first year | Names behind {term}',
      'Why {term} spread | What carried {term} further | {term} and those who passed it on | Places {term} reached early',
    ),
    forms(
      'What {term} has to do with {keyword} | {keyword}, seen from {term} | From {term} to {keyword} | {keyword} meets {term} | {term} beside {keyword}',
      'What {keyword} gains from {term} | {term} as a help for {keyword} | Where {term} improves {keyword} | {keyword} made easier by {term}',
      'Where {keyword} parts from {term} | {keyword} without {term} | Limits of {term} for {keyword} | When {keyword} needs no {term}',
    ),
  ],
  howTo: [
    forms(
      'What you need for {term} | {term}: things to have ready | Prepare {term} | A list before {term} begins | Tools that {term} asks for',
      'The part {keyword} plays | {keyword} among the tools | Why {keyword} comes first | How far {keyword} helps',
      'What of {term} you own already | Leave for {term} what you never use | Borrow for {term} before buying | {term} on a kitchen table',
    ),
    forms(
      '{term}: the first try | Begin {term} step by step | {term} in practice | Your first {term}, in order | Start {term} small',
      'Each step of {term} in one sentence | {term} broken into five moves | Order matters in {term}: say why | Pictures that show {term}',
      'How long {term} takes | Time for {term} and time to wait | {term} by the clock | Minutes {keyword} adds',
    ),
    forms(
      'When {term} goes wrong | Mend {term} | {term} fails: causes | Trouble around {term} | Save a spoiled {term}',
      'The usual fault of {term} | {term} done too fast | First sign that {term} fails | A fault {keyword} hides',
      'How {keyword} mends it | Repair before repeating {term} | Whom to ask about {term} | {term} again, changed in one thing',
    ),
  ],
  comparison: [
    forms(
      'What speaks for {term} | The case for {term} | {term} at its best | Reasons to choose {term}',
      'What {term} costs | Price of {term}, all counted | {term} in money and hours | The bill for {term}',
      'The result of {term} | {term} after a month | What {term} leaves you with | How {term} turns out',
    ),
    forms(
      'What speaks for {keyword} | The case for {keyword} | {keyword} at its best | Reasons to choose {keyword}',
      'What {keyword} costs | Price of {keyword}, all counted | {keyword} in money and hours | The bill for {keyword}',
      'The result of {keyword} | {keyword} after a month | What {keyword} leaves you with | How {keyword} turns out',
    ),
    forms(
      '{term} and {keyword} side by side | {term} or {keyword}? | {keyword} against {term} | Choose: {term}, {keyword}',
      'A table of {term} and {keyword} | {keyword} in one column, {term} beside it | For whom {term}, for whom {keyword} | Three rows: price, time, {term}',
    ),
  ],
  buyersGuide: [
    forms(
      'What {term} really takes | Needed for {term} | {term}: must have | Buy this for {term} | The basis of {term}',
      'Whether {keyword} is part of it | {keyword}: needed or nice | Look at {keyword} before {term} | Sizes of {keyword} that fit',
      '{term} extras that are nice | Later, when {term} stays | Second purchase after {term} | Add {keyword} if money is left',
    ),
    forms(
      'What to leave beside {term} | Not needed for {term} | Save money on {term} | {term}: skip these | Shelf warmers around {term}',
      'What is sold for {term} and not needed | {term} sets with idle parts | A gadget {term} never uses | {keyword} in gold | Names that make {term} dear',
    ),
    forms(
      'What {term} costs | Budgets for {term} | {term} for little money | Prices around {term} | Pay once for {term}',
      'A small budget for {term}, a middle one, a large one | {term} at three prices | Cheapest {keyword} that works | What {keyword} adds to the sum',
    ),
  ],
  mistakes: [
    forms(
      'The mistake most people make with {term} | {term} done wrong | First fault of {term} | Nearly all stumble at {term} | {term}: the common slip',
      'Why {term} invites it | How beginners of {term} fall in | {term} looks easier than it is | Shops that teach {term} badly',
      'What {term} wants instead | A better way to {term} | {term} the slow way | Repair a slip with {keyword}',
    ),
    forms(
      'Four more mistakes around {keyword} | {keyword}: what else goes wrong | Slips with {keyword} | Small faults of {keyword}',
      'One sentence for each slip with {keyword}, with its remedy | {keyword} too soon, too much, too late | Remedies for {keyword}, the cheapest first | {keyword} mixed up with {term}',
    ),
  ],
  whyNow: [
    forms(
      'How {term} came up | {term} lately | The rise of {term} | Why {term} is everywhere | Who talks of {term}',
      'The last weeks of {term} in figures | A curve of {term} | {term} then, {term} now | Days on which {term} jumped',
      'Who set {term} off | The post behind {term} | {term} began with one picture | A shop, a song, {term}',
    ),
    forms(
      'Will {term} last? | {term} next year | How long {term} stays | After {term} | The end of {term}, perhaps',
      'What {term} changes for {keyword} | {keyword} once {term} fades | Hold {keyword} back or use {term} | {keyword} sold along with {term}',
      'What speaks against {term} | Doubts about {term} | {term} and its look-alikes | Signs that {term} slows',
    ),
  ],
  myths: [
    forms(
      'What is said about {term} | Claims around {term} | {term}: hearsay | Heard of {term} | Stories told of {term}',
      'Three claims about {term} in the words of those who make them | {term} cures all, they say | A quote on {term}, with its source | Loudest voice on {term}',
    ),
    forms(
      'What is true of {term} and {keyword} | {keyword}: facts on {term} | Checked: {term} | {term} and {keyword}, tested',
      'A source for each claim on {keyword} | {keyword} measured, {term} weighed | What nobody knows of {term} | Studies of {keyword}, if any',
    ),
  ],
  beginners: [
    forms(
      '{term} in five minutes | Learn {term} today | {term} for the curious | A first look at {term} | {term} from zero',
      'The least you have to know of {term} | {term} in three plain words | One picture of {term} | Ask this before {term}',
    ),
    forms(
      'Your first {keyword} | Choose {keyword} once | Begin with {keyword} | {keyword} for a start | Which {keyword} to take',
      'A {keyword} that is hard to get wrong | Small {keyword}, small risk | {keyword} lent by a friend | Try {keyword} before paying',
    ),
    forms(
      'Words you will hear around {term} | {term} words | Terms near {term} | Speak {term} | A word list for {term}',
      'A short list for {term}, each in one sentence | {term} from A to Z | Five words of {term}, explained | Words {keyword} sellers use',
    ),
  ],
};

export const OPENING = forms(
  '{term} in short | {term} at a glance | Short: {term} | First, {term} | {term}: the core | About {term}',
  '{term} in two sentences, for those who look for {keyword} | {keyword} readers: {term} said plainly | Why {keyword} led you to {term} | {term}, told to someone after {keyword} | Two lines on {term}, one on {keyword} | Whoever wants {keyword} meets {term} here',
);

export const NEAR = forms(
  '{search}',
  'What {term} means for {search} | {search}, changed by {term} | Answer {search} with {term} in mind | {term} as a reply to {search} | Readers of {search} want {term} explained | Link {search} to {term}',
);

export const CLOSING =
  'Your next step with {term} | {term}: go on | Now {term} | From reading to {term} | {term} tomorrow | Begin {term}'.split(
    ' | ',
  );

export const LEAD_ALONE =
  'What {term} is, what it takes and how you begin. | {term} explained from the start, with a first step for today. | Little time? Here stands {term}, told without detours. | All about {term} on one page, and what comes after. | You met {term} somewhere: this is behind it.'.split(
    ' | ',
  );

export const LEAD =
  'You hear of {term}, and you look for {keyword}. What has {term} to do with {keyword}? | Many who type {keyword} end at {term}: here is the reason. | {keyword} brought you here; {term} may be the answer. | Between {keyword} and {term} lies less than you think. | {term} is new to you? If {keyword} is what you want, read on. | First {keyword}, then {term}, or both at once?'.split(
    ' | ',
  );

export const LINK =
  'More on this: {link}. | Read {link} too. | {link} goes further. | Next to it stands {link}. | See {link}.'.split(
    ' | ',
  );
