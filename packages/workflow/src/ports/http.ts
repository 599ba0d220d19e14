/** One outgoing request. The client behind this port guards addresses, sizes and time (security rule 4). */
export interface HttpRequest {
  readonly method: string;
  /** Absolute `http:` or `https:` URL. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** A string or bytes as they are; the caller has set `content-type`. */
  readonly body?: string | Uint8Array | StreamedBody;
  readonly timeoutMs?: number;
  /** Redirects to follow; 0 gives the redirect itself back. */
  readonly maxRedirects?: number;
  readonly allowUnauthorizedCerts?: boolean;
  /** Bytes after which the body is refused; the port's own limit is never exceeded. */
  readonly maxResponseBytes?: number;
  /**
   * Type of the node's credential that signs this request, such as `httpBasicAuth`. The client joins
   * it, so the node never holds the secret, and sends it only to hosts the credential is bound to.
   */
  readonly authentication?: string;
  readonly signal?: AbortSignal;
  /**
   * For bodies too large for memory: gives who takes the body as it arrives, or `undefined` to have it
   * whole. What was taken is missing in the response. Not asked about redirects that are followed. A
   * port that has the body whole anyway need not ask.
   */
  take?(head: ResponseHead): ((bytes: AsyncIterable<Uint8Array>) => Promise<void>) | undefined;
}

/** A body that is sent piece by piece. A redirect may have it sent again. */
export interface StreamedBody {
  pieces(): AsyncIterable<Uint8Array>;
  /** Absent: not known before the end. */
  readonly sizeBytes?: number | undefined;
}

/** Any status is a response; only a request that got none rejects (`NODE_SERVICE_FAILED`). */
export interface HttpResponse extends ResponseHead {
  readonly body: Uint8Array;
}

/** What of a response comes before its body. */
export interface ResponseHead {
  readonly status: number;
  readonly statusText: string;
  /** Lower-case names; repeated headers as lists. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** The URL that answered, after redirects. */
  readonly url: string;
}

export interface HttpPort {
  request(request: HttpRequest): Promise<HttpResponse>;
}
