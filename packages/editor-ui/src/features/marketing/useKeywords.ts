import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { toProblem, type Problem } from '../../lib/problem.ts';
import { callMarketing } from './api/call-marketing.ts';
import { listOpportunities, listQuickWins, type Keyword, type KeywordSort } from './api/keyword.ts';

const PAGE_SIZE = 200;
const TYPING_MS = 250;

/** What the table shows, and in which order. */
export interface KeywordView {
  readonly search: string;
  readonly isQuickWinOnly: boolean;
  readonly sort: KeywordSort;
  readonly direction: 'asc' | 'desc';
}

/** Keywords, page after page as they are scrolled to. The server sorts and searches: it knows them all. */
export function useKeywords() {
  const { t } = useI18n();
  const view = shallowRef<KeywordView>({
    search: '',
    isQuickWinOnly: false,
    sort: 'score',
    direction: 'desc',
  });
  const rows = shallowRef<readonly Keyword[]>([]);
  const total = shallowRef<number>();
  const isLoading = shallowRef(false);
  const problem = shallowRef<Problem>();
  const latest = { ask: 0 };
  const hasMore = computed(() => rows.value.length < (total.value ?? 0));

  async function read(offset: number) {
    const ask = ++latest.ask;
    const { search, isQuickWinOnly, sort, direction } = view.value;
    const endpoint = isQuickWinOnly ? listQuickWins : listOpportunities;
    isLoading.value = true;
    problem.value = undefined;
    try {
      const page = await callMarketing(endpoint, {
        querystring: {
          limit: PAGE_SIZE,
          offset,
          sort,
          direction,
          ...(search.trim() && { search: search.trim() }),
        },
      });
      if (ask !== latest.ask) return;
      rows.value = offset === 0 ? page.data : [...rows.value, ...page.data];
      total.value = page.total;
    } catch (error) {
      if (ask === latest.ask) problem.value = toProblem(error, t('common.unreachable'));
    } finally {
      if (ask === latest.ask) isLoading.value = false;
    }
  }

  const load = () => read(0);

  async function loadMore() {
    if (hasMore.value && !isLoading.value) await read(rows.value.length);
  }

  /** A column's best end first; the same column again turns it round. */
  function sortBy(sort: KeywordSort) {
    const { sort: before, direction } = view.value;
    const first = sort === 'score' || sort === 'volume' ? 'desc' : 'asc';
    const turned = direction === 'asc' ? 'desc' : 'asc';
    view.value = { ...view.value, sort, direction: sort === before ? turned : first };
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(view, (next, before) => {
    clearTimeout(timer);
    timer = setTimeout(load, next.search === before.search ? 0 : TYPING_MS);
  });
  onScopeDispose(() => clearTimeout(timer));

  void load();
  return { view, rows, total, isLoading, problem, load, loadMore, sortBy };
}
