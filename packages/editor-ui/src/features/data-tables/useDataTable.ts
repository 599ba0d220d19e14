import {
  addDataColumn,
  deleteDataColumn,
  getDataTable,
  importDataRows,
  insertDataRows,
  listDataRows,
  removeDataRows,
  updateDataRows,
  type DataColumn,
  type DataTableRow,
} from '@millrace/api';
import { computed, shallowRef, watch } from 'vue';
import { api } from '../../lib/api.ts';
import { useAttempt } from '../../lib/useAttempt.ts';
import { useResource } from '../../lib/useResource.ts';

/** Rows on one page of the grid. */
export const PAGE_SIZE = 100;

/** One table: a page of its rows, sorted, and all that can be done to it. */
export function useDataTable(id: string) {
  const attempt = useAttempt();
  const params = { id };
  const page = shallowRef(0);
  /** `column` or `column:desc`; undefined is by id. */
  const sortBy = shallowRef<string>();

  const { value, isLoading, problem, load } = useResource(async () => {
    const querystring = {
      limit: PAGE_SIZE,
      offset: page.value * PAGE_SIZE,
      ...(sortBy.value && { sortBy: sortBy.value }),
    };
    const [table, rows] = await Promise.all([
      api(getDataTable, { params }),
      api(listDataRows, { params, querystring }),
    ]);
    return { table, rows: rows.data, total: rows.total };
  });
  watch([page, sortBy], load);
  const pageCount = computed(() => Math.max(1, Math.ceil((value.value?.total ?? 0) / PAGE_SIZE)));

  /** Turns the order of a column round, or begins to sort by it. */
  function sort(column: string) {
    page.value = 0;
    sortBy.value = sortBy.value === column ? `${column}:desc` : column;
  }

  /** What was written is shown as the server understood it: "7" in a column of numbers is 7. */
  async function setCell(row: DataTableRow, column: string, text: string) {
    const data = { [column]: text === '' ? null : text };
    await attempt(() => api(updateDataRows, { params, body: { filter: isRow(row), data } }));
    await load();
  }

  async function addRow() {
    await attempt(() => api(insertDataRows, { params, body: { data: [{}] } }));
    if (!sortBy.value) page.value = Math.floor((value.value?.total ?? 0) / PAGE_SIZE);
    await load();
  }

  async function removeRow(row: DataTableRow) {
    await attempt(() => api(removeDataRows, { params, body: { filter: isRow(row) } }));
    await load();
  }

  /** Rejects when the server refuses: the form shows why. */
  async function addColumn(column: DataColumn) {
    await api(addDataColumn, { params, body: column });
    await load();
  }

  async function removeColumn(column: string) {
    await attempt(() => api(deleteDataColumn, { params: { id, column } }));
    sortBy.value = undefined;
    await load();
  }

  /** Adds the rows of a CSV text. Returns how many; undefined when it failed and was said so. */
  async function importCsv(csv: string): Promise<number | undefined> {
    const result = await attempt(() => api(importDataRows, { params, body: { csv } }));
    if (result) await load();
    return result?.count;
  }

  return {
    found: value,
    isLoading,
    problem,
    page,
    pageCount,
    sortBy,
    load,
    sort,
    setCell,
    addRow,
    removeRow,
    addColumn,
    removeColumn,
    importCsv,
  };
}

const isRow = ({ id }: DataTableRow) => ({
  match: 'all' as const,
  conditions: [{ column: 'id', condition: 'eq' as const, value: id }],
});
