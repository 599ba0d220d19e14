/** Own drawing: a flask with two levels. */
export const experimentIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><path d="M9 3h6M10 3v6l-6 10c-.6 1 .1 2 1.200 2h13.600c1.100 0 1.800-1 1.200-2L14 9V3"/><path d="M7 15h4l2-1.500h4"/></svg>`;
