/** Own drawing: a paper plane. */
export const outreachSenderIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><path d="M21 3 3 10.500l7 3.500 3.500 7z"/><path d="M21 3 10 14"/></svg>`;
