/** Own drawing: a wave that rises. */
export const trendDetectorIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><path d="M3 18c4 0 5-2 7-6s4-7 8-7"/><path d="M15 3.500 18.500 5 17 8.500"/><path d="M3 21h18"/></svg>`;
