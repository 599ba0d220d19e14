/** Own drawing: a fork of two ways with a dot on one. */
export const predictorIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><path d="M3 12h6l5-6h5M9 12l5 6h5"/><circle cx="20" cy="6" r="1.800"/><path d="M18.500 16.500l3 3m0-3l-3 3"/></svg>`;
