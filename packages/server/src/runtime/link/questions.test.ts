import { expect, test } from 'vitest';
import { createQuestions, type AskedQuestion } from './questions.ts';

const question = { type: 'draft', executionId: 'e' } as const;

/** A process whose questions reach so many; `asked` lists them. */
function openAsker(told: number | Error, patienceMs = 60_000) {
  const asked: AskedQuestion[] = [];
  const questions = createQuestions(
    async (each) => {
      asked.push(each);
      if (told instanceof Error) throw told;
      return told;
    },
    { patienceMs },
  );
  return { questions, asked };
}

test('all replies are heard before it goes on', async () => {
  const { questions, asked } = openAsker(2);
  const answer = questions.ask(question);
  const id = asked[0]?.id ?? '';
  questions.heard({ id: 'of another', reply: { isEnded: true } });
  questions.heard({ id, reply: {} });
  questions.heard({ id, reply: { isEnded: true } });
  expect(await answer).toEqual({ replies: [{}, { isEnded: true }], isComplete: true });
});

test('nobody to ask is an answer', async () => {
  expect(await openAsker(0).questions.ask(question)).toEqual({ replies: [], isComplete: true });
});

test('silence, a lost connection and too many questions at once are no answer', async () => {
  const unheard = { replies: [], isComplete: false };
  expect(await openAsker(1, 1).questions.ask(question)).toEqual(unheard);
  expect(await openAsker(new Error('away')).questions.ask(question)).toEqual(unheard);
  const { questions, asked } = openAsker(1);
  const waiting = Array.from({ length: 1000 }, () => questions.ask(question));
  expect(await questions.ask(question)).toEqual(unheard);
  for (const { id } of asked) questions.heard({ id, reply: {} });
  expect(await Promise.all(waiting)).toHaveLength(1000);
});
