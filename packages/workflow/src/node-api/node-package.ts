import type { JsonObject } from '../items/index.ts';
import type { Property } from './description.ts';
import type { NodeType } from './node-type.ts';

/** A kind of credential: the fields a user fills in, and how a request is signed with them. */
export interface CredentialType {
  readonly name: string;
  readonly displayName: string;
  readonly properties: readonly Property[];
  readonly documentation?: string;
  readonly iconSvg?: string;
  /** Names of credential types this one adds to (n8n-facts D8). */
  readonly extends?: readonly string[];
  /** Headers, query and body to add to a request, with expressions over `$credentials`. */
  readonly authenticate?: JsonObject;
  /** A request that succeeds when the credential is good. */
  readonly test?: JsonObject;
}

/** A ready-made workflow to start from. */
export interface WorkflowTemplate {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly workflow: JsonObject;
  readonly tags?: readonly string[];
}

/**
 * What ships together and is installed together (architecture, decision 9).
 *
 * Tables and routes are the server's business: their types are its own, so they are opaque here.
 */
export interface NodePackage<Table = unknown, Route = unknown> {
  readonly name: string;
  readonly nodes: readonly NodeType[];
  readonly credentials?: readonly CredentialType[];
  readonly tables?: readonly Table[];
  readonly routes?: readonly Route[];
  readonly templates?: readonly WorkflowTemplate[];
}

/** Identity at run time; checks the manifest at compile time. */
export const defineNodePackage = <const P extends NodePackage>(manifest: P): P => manifest;
