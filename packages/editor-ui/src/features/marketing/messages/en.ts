import { pages } from './en/pages.ts';
import { shell } from './en/shell.ts';
import { work } from './en/work.ts';

export const messages = { marketing: { ...shell, ...pages, ...work } };
