/** One outgoing request. The client behind this port guards addresses, sizes and time (security rule 4). */
export interface HttpRequest {
  readonly method: string;
  /** Absolute `http:` or `https:` URL. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** A string or bytes as they are; the caller has set `content-type`. */
  readonly body?: string | Uint8Array;
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
}

/** Any status is a response; only a request that got none rejects (`NODE_SERVICE_FAILED`). */
export interface HttpResponse {
  readonly status: number;
  readonly statusText: string;
  /** Lower-case names; repeated headers as lists. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Uint8Array;
  /** The URL that answered, after redirects. */
  readonly url: string;
}

export interface HttpPort {
  request(request: HttpRequest): Promise<HttpResponse>;
}
