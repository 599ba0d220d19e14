/** Own drawing: lines of a fingertip. */
export const uniquenessIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><path d="M5 15c-1-8 3-12 7-12s8 4 7 11"/><path d="M8 19c-1.500-8 0-12 4-12s5 4 4 11"/><path d="M12 11v10"/></svg>`;
