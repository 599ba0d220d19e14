import type { JsonObject } from '@millrace/workflow/items';
import { getDocumentProxy, getMeta } from 'unpdf';

export interface PdfReading {
  readonly password?: string;
  /** All pages when left out. */
  readonly maxPages?: number;
  /** The text of all pages as one, not as a list. */
  readonly isJoined: boolean;
}

/**
 * The text of a PDF, page by page, with what the file says about itself.
 *
 * @throws {Error} of PDF.js for a broken file or a wrong password.
 */
export async function readPdf(
  bytes: Uint8Array,
  { password, maxPages = Infinity, isJoined }: PdfReading,
): Promise<JsonObject> {
  // PDF.js takes the bytes for itself, and they may be the store's.
  const pdf = await getDocumentProxy(new Uint8Array(bytes), { ...(password && { password }) });
  try {
    const { info, metadata } = await getMeta(pdf);
    const pages: string[] = [];
    while (pages.length < Math.min(pdf.numPages, maxPages))
      pages.push(await pageText(pdf, pages.length + 1));
    return {
      numpages: pdf.numPages,
      numrender: pages.length,
      info,
      ...(Object.keys(metadata).length > 0 && { metadata }),
      text: isJoined ? pages.join('\n\n') : pages,
      version: String(info.PDFFormatVersion ?? ''),
    };
  } finally {
    await pdf.loadingTask.destroy();
  }
}

async function pageText(
  pdf: Awaited<ReturnType<typeof getDocumentProxy>>,
  number: number,
): Promise<string> {
  const page = await pdf.getPage(number);
  const { items } = await page.getTextContent();
  const lines = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : ''));
  page.cleanup();
  return lines.join('').trim();
}
