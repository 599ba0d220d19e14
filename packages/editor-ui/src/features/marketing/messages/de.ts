import { pages } from './de/pages.ts';
import { shell } from './de/shell.ts';
import { work } from './de/work.ts';

export const messages = { marketing: { ...shell, ...pages, ...work } };
