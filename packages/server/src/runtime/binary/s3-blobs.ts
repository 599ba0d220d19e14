import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import type { BlobStore } from './blob-store.ts';
import { writePart } from './write-part.ts';

/** Where blobs are on S3, or a service that speaks like it. */
export interface S3Location {
  readonly bucket: string;
  /** Goes before each key: empty, or with a slash at its end. */
  readonly prefix: string;
  readonly region: string;
  /** For services other than Amazon's. */
  readonly endpoint: string | undefined;
}

/**
 * Blobs as objects named by their hash. Uploads pass through a file in `folder`, for the name is
 * known at the end only. Keys come from where Amazon's tools look (`AWS_ACCESS_KEY_ID`, roles, …).
 */
export function createS3Blobs(location: S3Location, folder: string): BlobStore {
  const { bucket: Bucket, prefix } = location;
  const opened: Promise<Sdk>[] = [];
  const sdk = () => {
    const known = opened[0] ?? load(location);
    if (!opened.length) opened.push(known);
    return known;
  };
  const objectOf = (hash: string) => ({ Bucket, Key: prefix + hash });

  return {
    async write(source) {
      const { path, hash, size } = await writePart(folder, source);
      try {
        const { client, PutObjectCommand } = await sdk();
        const Body = createReadStream(path);
        await client.send(new PutObjectCommand({ ...objectOf(hash), Body, ContentLength: size }));
      } finally {
        await rm(path, { force: true });
      }
      return { hash, size };
    },

    async open(hash) {
      const { client, GetObjectCommand, NoSuchKey } = await sdk();
      try {
        const { Body } = await client.send(new GetObjectCommand(objectOf(hash)));
        return Body && bytesOf(Body.transformToWebStream());
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },

    async *list() {
      const { client, paginateListObjectsV2 } = await sdk();
      for await (const { Contents = [] } of paginateListObjectsV2(
        { client },
        { Bucket, Prefix: prefix },
      ))
        for (const { Key = '', Size = 0, LastModified } of Contents)
          yield {
            hash: Key.slice(prefix.length),
            size: Size,
            writtenAt: LastModified?.getTime() ?? 0,
          };
    },

    async remove(hash, unlessSince) {
      const { client, HeadObjectCommand, DeleteObjectCommand } = await sdk();
      const { LastModified } = await client.send(new HeadObjectCommand(objectOf(hash)));
      if (LastModified && LastModified.getTime() > unlessSince) return false;
      await client.send(new DeleteObjectCommand(objectOf(hash)));
      return true;
    },
  };
}

type Sdk = typeof import('@aws-sdk/client-s3') & { readonly client: S3Client };

/** Loaded only where it is used: it is large. */
async function load({ region, endpoint }: S3Location): Promise<Sdk> {
  const sdk = await import('@aws-sdk/client-s3');
  const client = new sdk.S3Client({
    region,
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  return { ...sdk, client };
}

async function* bytesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* stream;
}
