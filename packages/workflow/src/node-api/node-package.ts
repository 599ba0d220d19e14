import type { JsonObject } from '../items/index.ts';
import type { HostPort, HttpRequest, HttpResponse } from '../ports/index.ts';
import type { Property } from './description.ts';
import type { NodeType } from './node-type.ts';
import type { PackageJob } from './package-job.ts';
import type { PackageRoute } from './package-route.ts';
import type { TableMigration } from './table-migration.ts';
import type { TableDeclaration } from './table.ts';

/** Puts a credential's data into a request. */
export type Authenticate = (
  data: JsonObject,
  request: HttpRequest,
  /** A 401 that was answered to the request; `undefined` before it is sent. */
  challenge?: HttpResponse,
) => HttpRequest;

/** A declared `authenticate` (n8n-facts D8): keys and values may be expressions over `$credentials`. */
export interface GenericAuthenticate {
  readonly type: 'generic';
  readonly properties: {
    readonly auth?: { readonly username: string; readonly password: string };
    readonly headers?: JsonObject;
    readonly qs?: JsonObject;
    readonly body?: JsonObject;
    readonly url?: string;
    readonly skipSslCertificateValidation?: boolean | string;
  };
}

/** A request that succeeds when the credential is good; `rules` name answers that say it is not. */
export interface CredentialTest {
  readonly request: {
    readonly baseURL?: string;
    readonly url?: string;
    readonly method?: string;
    readonly headers?: JsonObject;
    readonly qs?: JsonObject;
    readonly body?: JsonObject;
  };
  readonly rules?: readonly {
    readonly type: 'responseCode' | 'responseSuccessBody';
    readonly properties: {
      readonly key?: string;
      readonly value: unknown;
      readonly message: string;
    };
  }[];
}

/** A kind of credential: the fields a user fills in, and how a request is signed with them. */
export interface CredentialType {
  readonly name: string;
  readonly displayName: string;
  readonly properties: readonly Property[];
  readonly documentation?: string;
  readonly iconSvg?: string;
  /** Names of credential types this one adds to (n8n-facts D8). */
  readonly extends?: readonly string[];
  readonly authenticate?: GenericAuthenticate | Authenticate;
  readonly test?: CredentialTest;
  /** For services that do not speak HTTP: resolves when the credential is good, rejects with why not. */
  check?(data: JsonObject, tools: { readonly hosts: HostPort }): Promise<void>;
  /** Hosts its secrets may be sent to when the user bound them to none: `api.example.com`, `*.example.com`, or an expression. */
  readonly hosts?: readonly string[];
}

/** A ready-made workflow to start from. */
export interface WorkflowTemplate {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly workflow: JsonObject;
  readonly tags?: readonly string[];
}

/** What ships together and is installed together (architecture, decision 9). */
export interface NodePackage {
  readonly name: string;
  readonly version?: string;
  /**
   * A word of its own, needed for tables, routes and jobs: tables are named `<namespace>_…`, routes
   * stand below `/api/v1/<namespace>`, jobs are named `<namespace>.…`.
   */
  readonly namespace?: string;
  readonly nodes: readonly NodeType[];
  readonly credentials?: readonly CredentialType[];
  /** The tables as they are once all migrations have run; the server refuses a package where they differ. */
  readonly tables?: readonly TableDeclaration[];
  /** In the order they were written. One that was released never changes. */
  readonly migrations?: readonly TableMigration[];
  readonly routes?: readonly PackageRoute[];
  readonly jobs?: readonly PackageJob[];
  readonly templates?: readonly WorkflowTemplate[];
}

/** Identity at run time; checks the manifest at compile time. */
export const defineNodePackage = <const P extends NodePackage>(manifest: P): P => manifest;
