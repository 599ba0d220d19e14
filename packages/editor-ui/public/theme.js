// Sets the chosen theme before the first paint. A file of its own: the content policy forbids inline scripts.
const theme = localStorage.getItem('millrace.theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
