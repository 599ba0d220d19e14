/** Own drawing: a calendar sheet. */
export const contentCalendarIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><path d="M4 5.500h16V20H4z"/><path d="M4 10h16"/><path d="M8.500 3v4"/><path d="M15.500 3v4"/><path d="m9 15 2 2 4-4"/></svg>`;
