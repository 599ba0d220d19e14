import type { WebhookResponse } from '@millrace/workflow/node-api';
import { escapeHtml } from './escape-html.ts';
import { renderField } from './render-field.ts';
import type { FormField } from './form-field.ts';
import { PAGE_STYLE } from './page-style.ts';
import { sanitizeCss, sanitizeHtml } from './sanitize.ts';

/** How a form's pages look. */
export interface PageLook {
  readonly title: string;
  readonly customCss: string;
  readonly showsMaker: boolean;
}

/** A page that asks. */
export interface FormPage extends PageLook {
  readonly description: string;
  readonly button: string;
  readonly fields: readonly FormField[];
  readonly isTest: boolean;
  /** What stands in the inputs, by input name. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** What was wrong with the last submission, by input name. */
  readonly errors: ReadonlyMap<string, string>;
}

/** The page with the form. With errors it shows them, beside what was typed. */
export async function formPage(page: FormPage): Promise<WebhookResponse> {
  const { errors, fields } = page;
  const shown = await Promise.all(
    fields.map((field) =>
      renderField(field, {
        values: page.values.get(field.input) ?? [],
        error: errors.get(field.input),
      }),
    ),
  );
  const description = await sanitizeHtml(page.description);
  const body = `${page.isTest ? '<p class="test">This is a test of the form.</p>' : ''}
<h1>${escapeHtml(page.title)}</h1>
${description ? `<div class="description">${description}</div>` : ''}
${errors.size > 0 ? '<p class="summary" role="alert">Please correct the marked fields.</p>' : ''}
<form method="post" enctype="multipart/form-data"${errors.size > 0 ? ' novalidate' : ''}>
${shown.join('\n')}
<button type="submit">${escapeHtml(page.button)}</button>
</form>`;
  return htmlPage(page, body, errors.size > 0 ? 422 : 200);
}

/** The page that says that it is done. */
export async function completionPage(
  look: PageLook,
  { title, message }: { readonly title: string; readonly message: string },
): Promise<WebhookResponse> {
  const body = `<div role="status"><h1>${escapeHtml(title)}</h1>
<div class="description">${await sanitizeHtml(message)}</div></div>`;
  return htmlPage({ ...look, title: look.title || title }, body);
}

/** A page of the author's own. It is served as if from another origin, so that its scripts reach nothing of ours. */
export const ownPage = (html: string): WebhookResponse => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: html,
});

/** Sends the browser elsewhere. Only to web addresses: others could run scripts. */
export function redirectTo(address: string): WebhookResponse | undefined {
  const url = URL.parse(address);
  return url && /^https?:$/.test(url.protocol)
    ? { status: 303, headers: { location: url.href } }
    : undefined;
}

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; base-uri 'none'";

function htmlPage(look: PageLook, body: string, status = 200): WebhookResponse {
  const made = look.showsMaker ? '<p class="made">Form made with Millrace</p>' : '';
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    },
    body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(look.title)}</title>
<style>${PAGE_STYLE}${sanitizeCss(look.customCss)}</style>
</head>
<body>
<main>
${body}
${made}
</main>
</body>
</html>`,
  };
}
