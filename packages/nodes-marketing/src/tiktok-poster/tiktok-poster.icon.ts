/** Own drawing: a film strip with an arrow up. */
export const tiktokPosterIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><rect x="5" y="3" width="14" height="18" rx="3"/><path d="M12 16V8"/><path d="m8.500 11.500 3.500-3.500 3.500 3.500"/></svg>`;
