/** Own drawing: a calm line with one spike. */
export const anomalyIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><path d="M3 17h4l2-2 2.500 3L14 5l2.500 12H21"/><circle cx="14" cy="5" r="1.800"/><path d="M3 21h18"/></svg>`;
