/** Where a socket may be opened to. */
export interface SocketAddress {
  /** An address that was checked: connect to this, and name the asked host in TLS. */
  readonly address: string;
  readonly port: number;
  /** The operator sends this host's traffic elsewhere (`MILLRACE_EGRESS_MAP`): speak without TLS. */
  readonly isStandIn: boolean;
}

/**
 * Guards connections that are not HTTP (mail, databases, files). A library that connects by itself
 * is given the address from here, so it cannot reach what egress refuses (security rule 4).
 */
export interface HostPort {
  /** @throws {MillraceError} `NODE_SERVICE_FAILED` when the host is unknown or may not be reached. */
  locate(host: string, port: number): Promise<SocketAddress>;
}
