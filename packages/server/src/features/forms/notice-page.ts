import type { WebhookResponse } from '@millrace/workflow/node-api';

export interface Notice {
  readonly status: number;
  readonly title: string;
  readonly message: string;
  /** The browser looks again after so many seconds. */
  readonly refreshSeconds?: number;
}

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'";
const STYLE =
  'body{margin:0;padding:10vh 24px;font:16px/1.5 system-ui,sans-serif;color-scheme:light dark;background:Canvas;color:CanvasText}main{max-width:36rem;margin:auto}';

/** A page of ours between the pages of a form: wait, gone, already sent. Texts are ours, never a caller's. */
export const noticePage = ({
  status,
  title,
  message,
  refreshSeconds,
}: Notice): WebhookResponse => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': POLICY,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  },
  body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refreshSeconds === undefined ? '' : `<meta http-equiv="refresh" content="${refreshSeconds}">`}
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body><main role="status"><h1>${title}</h1><p>${message}</p></main></body>
</html>`,
});

export const NOTICES = {
  unknown: {
    status: 404,
    title: 'No such form',
    message: 'There is no form at this address, or it is closed.',
  },
  refused: {
    status: 401,
    title: 'This link does not work',
    message: 'It is not complete. Open the form again from the beginning.',
  },
  taken: {
    status: 409,
    title: 'Already submitted',
    message: 'This page of the form was submitted before.',
  },
  working: {
    status: 200,
    title: 'One moment',
    message: 'Your answers are being worked on. This page looks again by itself.',
    refreshSeconds: 2,
  },
  recorded: {
    status: 200,
    title: 'Form submitted',
    message: 'Your response has been recorded.',
  },
  failed: {
    status: 500,
    title: 'Something went wrong',
    message: 'Your answers arrived, but there was a problem with what follows.',
  },
} as const satisfies Record<string, Notice>;
