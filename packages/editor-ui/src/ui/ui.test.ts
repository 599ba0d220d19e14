// @vitest-environment happy-dom
import { mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { expect, test } from 'vitest';
import { h } from 'vue';
import { Button, Chart, DataTable, Field, Input, StatusBadge, useToastStore } from './index.ts';

test('a loading button says so and refuses clicks', async () => {
  const button = mount(Button, { props: { loading: true }, slots: { default: () => 'Save' } });
  expect(button.attributes()).toMatchObject({ 'aria-busy': 'true', type: 'button' });
  await button.trigger('click');
  expect(button.emitted('click')).toBeUndefined();
  await button.setProps({ loading: false });
  await button.trigger('click');
  expect(button.emitted('click')).toHaveLength(1);
});

test('a field ties label, hint and error to its control', async () => {
  const field = mount(Field, {
    props: { label: 'Email', hint: 'Yours' },
    slots: { default: ({ control }: { control: object }) => h(Input, control) },
  });
  const input = field.get('input');
  expect(field.get('label').attributes('for')).toBe(input.attributes('id'));
  expect(field.get(`#${input.attributes('aria-describedby')}`).text()).toBe('Yours');
  await field.setProps({ error: 'Wrong' });
  expect(input.attributes('aria-invalid')).toBe('true');
  expect(field.get(`#${input.attributes('aria-describedby')}`).text()).toBe('Wrong');
});

test('a table shows rows by slot, opens one on click, and skeletons before the first load', async () => {
  const table = mount(DataTable<{ id: string }>, {
    props: {
      columns: [{ key: 'id', label: 'Id' }],
      rows: [],
      rowKey: (row: { id: string }) => row.id,
      label: 'Things',
      loading: true,
    },
    slots: { 'cell-id': ({ row }: { row: { id: string } }) => `#${row.id}` },
  });
  expect(table.findAll('[role=row]')).toHaveLength(7);
  await table.setProps({ rows: [{ id: 'a' }, { id: 'b' }], loading: false });
  expect(table.findAll('[role=cell]').map((cell) => cell.text())).toEqual(['#a', '#b']);
  await table.findAll('[role=row]')[2]?.trigger('click');
  expect(table.emitted('open')).toEqual([[{ id: 'b' }]]);
});

test('a status has a word and a shape, not only a colour', () => {
  const badge = mount(StatusBadge, { props: { status: 'error', label: 'Failed' } });
  expect(badge.text()).toBe('Failed');
  expect(badge.find('svg').exists()).toBe(true);
});

test('a toast either acts or expires, never both', () => {
  setActivePinia(createPinia());
  const toasts = useToastStore();
  const done: string[] = [];
  const show = () =>
    toasts.show({
      kind: 'info',
      title: 'Deleted',
      action: { label: 'Undo', run: () => done.push('undone') },
      onExpire: () => done.push('expired'),
    });
  const first = show();
  toasts.act(first);
  toasts.dismiss(first);
  toasts.dismiss(show());
  expect(done).toEqual(['undone', 'expired']);
});

test('of many toasts the oldest expires', () => {
  setActivePinia(createPinia());
  const toasts = useToastStore();
  const expired: number[] = [];
  for (const number of [1, 2, 3, 4, 5, 6]) {
    toasts.show({ kind: 'info', title: `${number}`, onExpire: () => expired.push(number) });
  }
  expect(expired).toEqual([1, 2]);
  expect(toasts.toasts.map(({ title }) => title)).toEqual(['3', '4', '5', '6']);
});

test('a chart says its values as a table too, gaps and intervals included', () => {
  const points = [
    { x: 'Mon', y: 1200, low: 1000, high: 1400 },
    { x: 'Tue', y: null },
  ];
  const chart = mount(Chart, { props: { label: 'Clicks', series: [{ name: 'Clicks', points }] } });
  expect(chart.get('caption').text()).toBe('Clicks');
  expect(chart.findAll('tr').map((row) => row.text())).toEqual([
    'Clicks · Mon1,2001,000 … 1,400',
    'Clicks · Tue–',
  ]);
  chart.unmount();
});
