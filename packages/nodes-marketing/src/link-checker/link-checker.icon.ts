/** Own drawing: two links of a chain and a tick. */
export const linkCheckerIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><path d="M10 8L8 6a4 4 0 0 0-5.600 5.600l3 3a4 4 0 0 0 5.600 0"/><path d="M9 12a4 4 0 0 1 5.600-3.500l3 3"/><path d="M13 18l3 3 6-7"/></svg>`;
