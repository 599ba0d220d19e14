/** The kinds of tables we read and write. */
export const SPREADSHEETS = ['csv', 'html', 'ods', 'rtf', 'xls', 'xlsx'] as const;

export type Spreadsheet = (typeof SPREADSHEETS)[number];
