/** Own drawing: three sliders under a coin. */
export const budgetOptimizerIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><circle cx="12" cy="5" r="2.500"/><path d="M5 11v10M12 11v10M19 11v10"/><path d="M3.500 17h3m4-3h3m4 5h3"/></svg>`;
