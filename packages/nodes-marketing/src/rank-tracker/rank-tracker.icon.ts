/** Own drawing: a podium with an arrow. */
export const rankTrackerIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><path d="M3 21v-6h6v6M9 21V11h6v10M15 21v-8h6v8"/><path d="M12 8V3M9.500 5.500L12 3l2.500 2.500"/></svg>`;
