/** Own drawing: a bubble that goes over to a person. */
export const handoffIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><path d="M3 5h9v7H7l-3 3v-3H3z"/><path d="M12 18h6m-2-2 2 2-2 2"/><circle cx="19" cy="9" r="2.2"/><path d="M15.500 15a3.500 3.500 0 0 1 7 0"/></svg>`;
