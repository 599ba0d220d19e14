import type { BinaryData, Item } from '@millrace/workflow/items';
import type { WebhookContext } from '@millrace/workflow/node-api';

/** What a webhook node puts out for a request: its parts as JSON, files and raw bodies as binary data. */
export async function webhookItem(context: WebhookContext): Promise<Item> {
  const { headers, params, query, body, url } = context.request;
  const binary = await binaryOf(context);
  return {
    json: {
      headers,
      params,
      query,
      body: body ?? {},
      webhookUrl: url.split('?')[0],
      executionMode: context.mode === 'manual' ? 'test' : 'production',
    },
    ...(Object.keys(binary).length > 0 && { binary }),
  };
}

async function binaryOf(context: WebhookContext): Promise<Record<string, BinaryData>> {
  const { body, rawBody, files, headers } = context.request;
  if (files.length > 0) return fileProperties(context);
  const wantsRaw = ['options.rawBody', 'options.binaryData'].some(
    (path) => context.param(path, 0, { fallback: false }) === true,
  );
  const isUnparsed = (body === undefined || body === null) && rawBody.length > 0;
  if (!wantsRaw && !isUnparsed) return {};
  const mimeType = headers['content-type']?.split(';')[0]?.trim() ?? 'application/octet-stream';
  const name = String(
    context.param('options.binaryPropertyName', 0, { fallback: 'data' }) || 'data',
  );
  return { [name]: await context.binary.put(rawBody, { mimeType }) };
}

/** Each file under its field's name, numbered where a field brought several or a common name is asked for. */
function fileProperties(context: WebhookContext): Record<string, BinaryData> {
  const { files } = context.request;
  const common = String(context.param('options.binaryPropertyName', 0, { fallback: '' }) ?? '');
  const perField = Map.groupBy(files, (file) => file.field);
  const named = files.map((file, index): [string, BinaryData] => {
    if (common) return [`${common}${index}`, file.binary];
    const same = perField.get(file.field) ?? [];
    const field = file.field.replace(/\[\]$/, '');
    return [same.length > 1 ? `${field}${same.indexOf(file)}` : field, file.binary];
  });
  return Object.fromEntries(named);
}
