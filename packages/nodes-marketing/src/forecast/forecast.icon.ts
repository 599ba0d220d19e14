/** Own drawing: a line that goes on as a cone. */
export const forecastIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><path d="M3 16l4-3 3 2 3-4"/><path d="M13 11l8-6v12z" stroke-dasharray="2 2"/><path d="M3 21h18"/></svg>`;
