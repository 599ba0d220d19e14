/** Own drawing: a rising line under a lens. */
export const keywordAnalyzerIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><circle cx="10.5" cy="10.5" r="7"/><path d="m15.7 15.7 5 5"/><path d="m7 12.5 2.5-2.5 2 2L14.5 8.500"/></svg>`;
