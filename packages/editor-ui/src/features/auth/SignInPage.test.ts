// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { afterEach, expect, test, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import de from '../../app/messages/de.json';
import en from '../../app/messages/en.json';
import { createEditorI18n } from '../../lib/i18n.ts';
import SignInPage from './SignInPage.vue';

afterEach(() => vi.unstubAllGlobals());

test('asks for what is missing before it sends anything', async () => {
  const { page, sent } = await open();
  await page.get('input[name=email]').setValue('ada');
  await page.get('form').trigger('submit');
  expect(page.text()).toContain('This is not an email address');
  expect(page.text()).toContain('Enter a password.');
  expect(page.get('input[name=email]').attributes('aria-invalid')).toBe('true');
  expect(sent).toEqual([]);
});

test('goes where the person wanted to go', async () => {
  const { page, sent, router } = await open('/sign-in?next=/executions');
  await fill(page);
  expect(sent).toEqual([{ email: 'ada@example.org', password: 'correct horse' }]);
  expect(router.currentRoute.value.path).toBe('/executions');
});

test('shows what the server refuses and how to mend it', async () => {
  const { page } = await open('/sign-in', {
    status: 401,
    body: problem({ detail: 'Email or password is wrong', fix: 'Check both' }),
  });
  await fill(page);
  expect(page.get('[role=alert]').text()).toContain('Email or password is wrong');
  expect(page.get('[role=alert]').text()).toContain('Check both');
});

test('puts a fault of one field at that field', async () => {
  const { page } = await open('/sign-in', {
    status: 400,
    body: problem({ errors: [{ pointer: '/email', detail: 'is not known here' }] }),
  });
  await fill(page);
  const input = page.get('input[name=email]');
  expect(page.get(`#${input.attributes('aria-describedby')}`).text()).toBe('is not known here');
});

const session = {
  user: { id: 'u1', email: 'ada@example.org', name: 'Ada', role: 'owner', createdAt: '' },
  scopes: [],
  personalProjectId: 'p1',
};

const problem = (more: object) => ({
  type: 'about:blank',
  title: 'No',
  status: 400,
  code: 'ACCESS_DENIED',
  detail: 'No',
  ...more,
});

async function open(
  path = '/sign-in',
  answer: { status: number; body: object } = { status: 200, body: session },
) {
  const sent: unknown[] = [];
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    sent.push(JSON.parse(String(init.body)));
    return Response.json(answer.body, { status: answer.status });
  });
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/sign-in', component: SignInPage },
      { path: '/:rest(.*)', component: { render: () => null } },
    ],
  });
  await router.push(path);
  const plugins = [createPinia(), createEditorI18n({ en, de }, 'en'), router];
  return { page: mount(SignInPage, { global: { plugins } }), sent, router };
}

async function fill(page: Awaited<ReturnType<typeof open>>['page']) {
  await page.get('input[name=email]').setValue('ada@example.org');
  await page.get('input[name=password]').setValue('correct horse');
  await page.get('form').trigger('submit');
  await flushPromises();
}
