import { describeParams, p, type Property, type When } from '@millrace/workflow/node-api';

const toHtml: When = { mode: ['markdownToHtml'] };
const toMarkdown: When = { mode: ['htmlToMarkdown'] };

const patternFields = {
  pattern: p.string({ label: 'Pattern', hint: 'A regular expression' }),
  replacement: p.string({ label: 'Replacement' }),
};

const onePattern = (label: string, hint: string) =>
  p.raw({
    label,
    hint,
    type: 'fixedCollection',
    default: {},
    options: [{ name: 'value', displayName: 'Value', values: describeParams(patternFields) }],
  });

const markdownOptions = {
  bulletMarker: p.string({ label: 'Bullet marker', default: '*' }),
  codeFence: p.string({ label: 'Code fence', default: '```' }),
  emDelimiter: p.string({ label: 'Emphasis delimiter', default: '_' }),
  globalEscape: onePattern('Global escape', 'Escapes this in place of the usual characters'),
  ignore: p.string({
    label: 'Ignored elements',
    hint: 'Left out with all in them',
    placeholder: 'nav, footer',
  }),
  keepDataImages: p.boolean({ label: 'Keep images with data' }),
  lineStartEscape: onePattern('Line start escape', 'Escapes this at the start of lines'),
  maxConsecutiveNewlines: p.number({ label: 'Max consecutive new lines', default: 3 }),
  useLinkReferenceDefinitions: p.boolean({ label: 'Place URLs at the bottom' }),
  strongDelimiter: p.string({ label: 'Strong delimiter', default: '**' }),
  codeBlockStyle: p.options({
    label: 'Style for code block',
    default: 'fence',
    choices: [
      { value: 'fence', label: 'Fence' },
      { value: 'indented', label: 'Indented' },
    ],
  }),
  textReplace: p.list({ label: 'Text replacement pattern', item: patternFields }),
  blockElements: p.string({ label: 'Treat as blocks', placeholder: 'p, div' }),
};

const flag = (label: string, hint?: string) => p.boolean({ label, ...(hint && { hint }) });

const htmlOptions = {
  openLinksInNewWindow: flag('Open links in a new window'),
  simplifiedAutoLink: flag('Automatic linking to URLs'),
  backslashEscapesHTMLTags: flag('Backslash escapes HTML tags'),
  completeHTMLDocument: flag('Complete HTML document'),
  customizedHeaderId: flag('Customized header ids', 'Text in braces after a heading is its id'),
  emoji: flag('Emoji support'),
  encodeEmails: p.boolean({ label: 'Encode emails', default: true }),
  excludeTrailingPunctuationFromURLs: flag('Exclude trailing punctuation from URLs'),
  ghCodeBlocks: p.boolean({ label: 'GitHub code blocks', default: true }),
  ghCompatibleHeaderId: flag('GitHub compatible header ids'),
  ghMentionsLink: p.string({ label: 'GitHub mention link', default: 'https://github.com/{u}' }),
  ghMentions: flag('GitHub mentions'),
  tasklists: flag('GitHub task lists'),
  headerLevelStart: p.number({ label: 'Header level start', default: 1 }),
  requireSpaceBeforeHeadingText: flag('Mandatory space before heading'),
  literalMidWordAsterisks: flag('Middle word asterisks', 'Leave them as they are'),
  literalMidWordUnderscores: flag('Middle word underscores', 'Leave them as they are'),
  noHeaderId: flag('No header id'),
  parseImgDimensions: flag('Parse image dimensions'),
  prefixHeaderId: p.string({ label: 'Prefix header id', default: 'section' }),
  rawHeaderId: flag('Raw header id'),
  rawPrefixHeaderId: flag('Raw prefix header id'),
  simpleLineBreaks: flag('Simple line breaks'),
  smartIndentationFix: flag('Smart indentation fix'),
  splitAdjacentBlockquotes: flag('Split adjacent blockquotes'),
  strikethrough: flag('Strikethrough'),
  tablesHeaderId: flag('Tables header id'),
  tables: flag('Tables support'),
  smoothLivePreview: flag('Smooth live preview'),
};

export const markdownProperties: readonly Property[] = [
  ...describeParams({
    mode: p.options({
      label: 'Mode',
      default: 'htmlToMarkdown',
      choices: [
        { value: 'markdownToHtml', label: 'Markdown to HTML' },
        { value: 'htmlToMarkdown', label: 'HTML to Markdown' },
      ],
    }),
    html: p.text({ label: 'HTML', required: true, when: toMarkdown }),
    markdown: p.text({ label: 'Markdown', required: true, when: toHtml }),
    destinationKey: p.string({
      label: 'Destination key',
      hint: 'The field to set; dots lead into objects',
      default: 'data',
      required: true,
      when: { mode: ['markdownToHtml', 'htmlToMarkdown'] },
    }),
    options: p.collection({ label: 'Options', when: toMarkdown, fields: markdownOptions }),
  }),
  ...describeParams({
    options: p.collection({ label: 'Options', when: toHtml, fields: htmlOptions }),
  }),
];
