/** Own drawing: a person and three bars. */
export const leadScoreIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><circle cx="8" cy="7" r="3.500"/><path d="M2 20c0-4 2.500-6 6-6"/><path d="M13 20v-4M17 20v-8M21 20V8"/></svg>`;
