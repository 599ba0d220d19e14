import type { JsonObject } from '@millrace/workflow/items';
import type { LlmMessage } from '@millrace/workflow/ports';
import Schema from 'typebox/schema';

/** The schema as services take it. `strict` holds only for schemas that leave nothing open. */
export const answerFormat = (schema: JsonObject) => ({
  name: 'answer',
  schema: { ...schema },
  strict: isClosed(schema),
});

export type Judged =
  | { readonly isGood: true; readonly json: unknown }
  | { readonly isGood: false; readonly problems: readonly string[] };

/** Parses an answer and holds it against the schema. */
export function judge(schema: JsonObject, text: string): Judged {
  let json: unknown;
  try {
    json = JSON.parse(withoutFence(text));
  } catch {
    return { isGood: false, problems: ['the answer is not JSON'] };
  }
  const [isGood, errors] = Schema.Errors(schema, json);
  if (isGood) return { isGood, json };
  const problems = errors.map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
  return { isGood: false, problems: problems.slice(0, 10) };
}

/** The turn that gives a wrong answer back, with what is wrong about it. */
export const repairTurn = (answer: string, problems: readonly string[]): readonly LlmMessage[] => [
  { role: 'assistant', text: answer },
  {
    role: 'user',
    text:
      `Your answer does not hold to the JSON schema:\n${problems.map((each) => `- ${each}`).join('\n')}\n` +
      'Answer again with the corrected JSON only.',
  },
];

/** Said in words too: some services take the schema and do not look at it. */
export const schemaInstruction = (schema: JsonObject): LlmMessage => ({
  role: 'system',
  text: `Answer with JSON only, without any text around it. It must hold to this JSON schema:\n${JSON.stringify(schema)}`,
});

/** Models like to put JSON between Markdown fences. */
function withoutFence(text: string): string {
  const fenced = /^\s*```(?:json)?\s*\n([\s\S]*?)\n?\s*```\s*$/.exec(text);
  return fenced?.[1] ?? text;
}

/** Every object lists all its properties as required and allows no others, at every depth. */
function isClosed(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isClosed);
  if (typeof schema !== 'object' || schema === null) return true;
  const { properties, required, additionalProperties }: JsonObject = Object.fromEntries(
    Object.entries(schema),
  );
  if (typeof properties === 'object' && properties !== null) {
    const listed = new Set(Array.isArray(required) ? required : []);
    const isWhole = Object.keys(properties).every((name) => listed.has(name));
    if (!isWhole || additionalProperties !== false) return false;
  }
  return Object.values(schema).every(isClosed);
}
