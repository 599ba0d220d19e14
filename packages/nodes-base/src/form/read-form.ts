import { NodeError } from '@millrace/workflow/errors';
import type { BaseContext, WebhookResponse } from '@millrace/workflow/node-api';
import { completionPage, redirectTo, type PageLook } from './page.ts';

/** A parameter as text; empty when it has none. */
export const textOf = (context: BaseContext, path: string, fallback = ''): string =>
  String(context.param(path, 0, { fallback }) ?? '') || fallback;

/** What all form nodes have as options. */
export const lookOf = (context: BaseContext, title: string): PageLook => ({
  title,
  customCss: textOf(context, 'options.customCss'),
  showsMaker: context.param('options.appendAttribution', 0, { fallback: true }) !== false,
});

const RECORDED = 'Your response has been recorded';

/** What follows a submission by the options of Form Trigger and Wait. */
export async function optionalCompletion(
  context: BaseContext,
  look: PageLook,
): Promise<WebhookResponse> {
  const given = 'options.respondWithOptions.values';
  if (textOf(context, `${given}.respondWith`) === 'redirect')
    return redirection(context, textOf(context, `${given}.redirectUrl`));
  const text =
    textOf(context, `${given}.formSubmittedText`) ||
    textOf(context, 'options.formSubmittedText') ||
    RECORDED;
  return completionPage(look, { title: 'Form submitted', message: text });
}

/** @throws {NodeError} for what is no web address. */
export function redirection(context: BaseContext, address: string): WebhookResponse {
  const found = redirectTo(address);
  if (found) return found;
  throw new NodeError(
    `"${address}" is no web address to send a browser to`,
    { node: context.node.name },
    { fix: 'Set a URL that begins with https:// or http://' },
  );
}
