import { shallowRef } from 'vue';

const KEY = 'millrace.recent-nodes';
const KEPT = 5;

/** Type ids picked last on this machine, newest first. */
export function useRecentNodes() {
  const recent = shallowRef(stored());

  function remember(type: string) {
    recent.value = [type, ...recent.value.filter((each) => each !== type)].slice(0, KEPT);
    localStorage.setItem(KEY, JSON.stringify(recent.value));
  }

  return { recent, remember };
}

function stored(): readonly string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  } catch {
    // Someone else's text under our key: begin anew.
    return [];
  }
}
