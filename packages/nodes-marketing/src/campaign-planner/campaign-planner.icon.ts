/** Own drawing: a sheet with ticked tasks and a flag. */
export const campaignPlannerIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><path d="M4 4h9v16H4z"/><path d="m6.500 9 1 1 2-2m-3 7 1 1 2-2"/><path d="M17 20V5l4 2-4 2"/></svg>`;
