/** Own drawing: four steps in a circle. */
export const marketingProgrammeIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><circle cx="12" cy="4.500" r="2"/><circle cx="19.500" cy="12" r="2"/><circle cx="12" cy="19.500" r="2"/><circle cx="4.500" cy="12" r="2"/><path d="M14.500 5.500a7 7 0 0 1 4 4m0 5a7 7 0 0 1-4 4m-5 0a7 7 0 0 1-4-4m0-5a7 7 0 0 1 4-4"/></svg>`;

/** Own drawing: a panel with a start and a stop. */
export const marketingControllerIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><rect x="3" y="5" width="18" height="14" rx="2"/><path d="m7.500 9.500 4 2.500-4 2.500z"/><path d="M14.500 9.500h3v5h-3z"/></svg>`;
