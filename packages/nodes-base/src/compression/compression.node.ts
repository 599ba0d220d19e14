import { NodeError } from '@millrace/workflow/errors';
import type { BinaryData } from '@millrace/workflow/items';
import {
  defineNode,
  describeParams,
  p,
  type ExecuteContext,
  type When,
} from '@millrace/workflow/node-api';
import { fieldList } from '../fields/field-list.ts';
import { bytesOf, inputFile } from '../files/input-file.ts';
import { extensionOf, mimeTypeOf } from '../files/mime-type.ts';
import { unpacksTooFar } from '../files/unpack-limit.ts';
import { icon } from '../icon.ts';
import { forEachItem } from '../items/for-each-item.ts';
import type { ArchiveFile } from './tar.ts';

const packing: When = { operation: ['compress'] };
const archives = ['zip', 'tar', 'targz'];
const formats = ['gzip', 'tar', 'targz', 'zip'];

const inputField = (label: string, operation: string) =>
  describeParams({
    binaryPropertyName: p.string({
      label,
      hint: 'Several with commas between them',
      default: 'data',
      required: true,
      when: { operation: [operation] },
    }),
  });

const outputFormat = (initial: string, versions: When) =>
  describeParams({
    outputFormat: p.raw({
      label: 'Output format',
      type: 'options',
      default: initial,
      when: { ...packing, ...versions },
      options: formats.map((value) => ({ name: value === 'targz' ? 'tar.gz' : value, value })),
    }),
  });

const target = (outputFormats: readonly string[], versions: When) =>
  describeParams({
    fileName: p.string({
      label: 'File name',
      placeholder: 'data.zip',
      required: true,
      when: { ...packing, outputFormat: outputFormats, ...versions },
    }),
    binaryPropertyOutput: p.string({
      label: 'Put output file in field',
      default: 'data',
      when: { ...packing, outputFormat: outputFormats, ...versions },
    }),
  });

const first: When = { '@version': [1] };
const later: When = { '@version': [{ _cnd: { gt: 1 } }] };

/** Packs and unpacks files. */
export const compressionNode = defineNode({
  name: 'n8n-nodes-base.compression',
  label: 'Compression',
  description: 'Packs files into zip, gzip and tar, and unpacks them',
  version: [1, 1.1],
  defaultVersion: 1.1,
  subtitle: '={{ $parameter["operation"] }}',
  icon: icon('M6 3h12v18H6z', 'M12 3v2', 'M12 7v2', 'M12 11v2', 'M10 15h4v3h-4z'),
  codex: { alias: ['zip', 'gzip', 'tar', 'unzip', 'archive'] },
  properties: [
    ...describeParams({
      operation: p.options({
        label: 'Operation',
        default: 'decompress',
        choices: [
          { value: 'compress', label: 'Compress' },
          { value: 'decompress', label: 'Decompress' },
        ],
      }),
    }),
    ...inputField('Input binary fields', 'compress'),
    ...inputField('Input binary fields', 'decompress'),
    ...outputFormat('', first),
    ...outputFormat('zip', later),
    ...target(archives, {}),
    ...target(['gzip'], later),
    ...describeParams({
      outputPrefix: p.string({
        label: 'Output prefix',
        default: 'data',
        required: true,
        when: { ...packing, outputFormat: ['gzip'], ...first },
      }),
    }),
    ...describeParams({
      outputPrefix: p.string({
        label: 'Output prefix',
        default: 'file_',
        required: true,
        when: { operation: ['decompress'] },
      }),
    }),
  ],
  execute: (context) =>
    forEachItem(context, async (item, index) => {
      const work = context.param('operation', index) === 'compress' ? compress : decompress;
      const stored = await Promise.all(
        (await work(context, index)).map(
          async ([field, file]) => [field, await put(context, file)] as const,
        ),
      );
      return { json: item.json, binary: Object.fromEntries(stored) };
    }),
});

type Named = readonly [field: string, file: ArchiveFile];

async function compress(context: ExecuteContext, index: number): Promise<readonly Named[]> {
  const files = await inputFiles(context, index);
  const { archiveOf, gzipped } = await import('./pack.ts'); // when first used
  const text = (name: string) => String(context.param(name, index, { fallback: '' }) ?? '');
  const format = text('outputFormat');
  if (format === 'gzip') {
    const isNumbered = context.node.typeVersion === 1;
    return Promise.all(
      files.map(async ({ name, bytes }, at) => {
        const output = text('binaryPropertyOutput');
        const field = isNumbered ? `${text('outputPrefix')}${at}` : at ? `${output}_${at}` : output;
        return [
          field,
          { name: gzipName(name, text('fileName')), bytes: await gzipped(bytes) },
        ] as const;
      }),
    );
  }
  if (format !== 'zip' && format !== 'tar' && format !== 'targz') {
    throw new NodeError(
      `The output format "${format}" is not known [item ${index}]`,
      { node: context.node.name, itemIndex: index },
      { fix: `Choose one of ${formats.join(', ')}` },
    );
  }
  const bytes = await archiveOf(files, format, context.now());
  const name = text('fileName') || `data.${format === 'targz' ? 'tar.gz' : format}`;
  return [[text('binaryPropertyOutput'), { name, bytes }]];
}

/** `o.gz` made of `h.txt` is `o.txt.gz`: unpacked, it must know again what it was. */
function gzipName(source: string, given: string): string {
  if (!given) return `${source}.gz`;
  const stem = given.replace(/\.gz(ip)?$/i, '');
  const extension = extensionOf(source);
  return !extension || extensionOf(stem) === extension ? `${stem}.gz` : `${stem}.${extension}.gz`;
}

async function decompress(context: ExecuteContext, index: number): Promise<readonly Named[]> {
  const prefix = String(context.param('outputPrefix', index));
  const { archiveKind, TooMuchUnpacked, unpacked } = await import('./unpack.ts');
  const files: ArchiveFile[] = [];
  for (const archive of await inputFiles(context, index)) {
    const kind = archiveKind(archive.name, archive.mimeType);
    if (!kind) {
      throw new NodeError(
        `The file "${archive.name}" is no zip, gzip or tar archive [item ${index}]`,
        { node: context.node.name, itemIndex: index },
        { fix: 'Give it a file name that ends in .zip, .gz, .tar or .tar.gz' },
      );
    }
    try {
      files.push(...(await unpacked(archive, kind)));
    } catch (cause) {
      if (cause instanceof TooMuchUnpacked)
        throw unpacksTooFar(context.node.name, index, archive.name);
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new NodeError(
        `The archive "${archive.name}" could not be unpacked: ${reason} [item ${index}]`,
        { node: context.node.name, itemIndex: index },
        { fix: 'Check that the file is whole', cause },
      );
    }
  }
  return files.map((file, at) => [`${prefix}${at}`, file] as const);
}

interface InputFile extends ArchiveFile {
  readonly mimeType: string;
}

function inputFiles(context: ExecuteContext, index: number): Promise<InputFile[]> {
  const fields = fieldList(context.param('binaryPropertyName', index));
  return Promise.all(
    fields.map(async (field) => {
      const file = inputFile(context, field, index);
      const name = file.fileName ?? `${field}${file.fileExtension ? `.${file.fileExtension}` : ''}`;
      return { name, bytes: await bytesOf(context, file), mimeType: file.mimeType };
    }),
  );
}

async function put(context: ExecuteContext, { name, bytes }: ArchiveFile): Promise<BinaryData> {
  const at = name.lastIndexOf('/');
  const fileName = name.slice(at + 1);
  const mimeType = mimeTypeOf(fileName, bytes);
  const stored = await context.binary.put(bytes, { fileName, ...(mimeType && { mimeType }) });
  return at > 0 ? { ...stored, directory: name.slice(0, at) } : stored;
}
