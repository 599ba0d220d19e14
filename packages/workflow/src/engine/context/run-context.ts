import type { EvaluationScope } from '../../expression/index.ts';
import type { Batch } from '../../items/index.ts';
import type { ExecuteContext, ParamOptions } from '../../node-api/index.ts';
import type { CodePort, FilesPort, HttpPort, LlmPort } from '../../ports/index.ts';
import type { Execution } from '../execution.ts';
import type { NodePlan } from '../node-plan.ts';
import type { Task } from '../state.types.ts';
import { codeScope } from './code-scope.ts';
import { noDataTables, noTables } from './no-tables.ts';
import { codeOf, credentialOf, httpOf, llmOf, onlyHttp, subworkflowsOf } from './outside.ts';
import { createReadParam } from './read-param.ts';
import { createRunScope } from './run-scope.ts';

/** Which attempt of which run a context is for. */
export interface AttemptNumbers {
  readonly runIndex: number;
  readonly attempt: number;
}

type Member<K extends keyof ExecuteContext> = ExecuteContext[K];

/**
 * The context of one attempt. A class, because there is one for each run of each node: what a node does
 * not ask for is not made. Its functions are getters, so that nodes may take them out of it.
 */
export class RunContext implements ExecuteContext {
  readonly node: Member<'node'>;
  readonly runIndex: number;
  readonly attempt: number;
  readonly state: Member<'state'>;
  readonly inputs: readonly (Batch | null)[];
  readonly files?: FilesPort;
  readonly llm?: LlmPort;
  readonly #execution: Execution;
  readonly #plan: NodePlan;
  readonly #task: Task;
  #scope: EvaluationScope | undefined;
  #param: Member<'param'> | undefined;
  #evaluate: Member<'evaluate'> | undefined;
  #http: HttpPort | undefined;
  #code: CodePort | undefined;
  #runWorkflow: Member<'runWorkflow'> | undefined;

  /** @param task - With lineage relative to this run's inputs. */
  constructor(
    execution: Execution,
    plan: NodePlan,
    task: Task,
    { runIndex, attempt }: AttemptNumbers,
  ) {
    const { node } = plan;
    this.#execution = execution;
    this.#plan = plan;
    this.#task = task;
    this.node = node;
    this.runIndex = runIndex;
    this.attempt = attempt;
    this.state = execution.stateOf(node.name);
    this.inputs = node.executeOnce
      ? task.inputs.map((batch) => batch && batch.slice(0, 1))
      : task.inputs;
    if (execution.ports.files) this.files = execution.ports.files;
    const llm = llmOf(node, execution);
    if (llm) this.llm = llm;
  }

  get workflow(): Member<'workflow'> {
    const { id = '', name, active = false, settings = {} } = this.#execution.request.workflow;
    return { id, name, active, settings };
  }
  get mode() {
    return this.#execution.request.mode;
  }
  get timezone() {
    return this.#execution.timezone;
  }
  get logger() {
    return this.#execution.ports.logger;
  }
  get binary() {
    return this.#execution.ports.binary;
  }
  get hosts() {
    return this.#execution.ports.hosts ?? onlyHttp;
  }
  get tables() {
    return this.#execution.ports.storage?.tables ?? noTables;
  }
  get dataTables() {
    return this.#execution.ports.storage?.dataTables ?? noDataTables;
  }
  get executionId() {
    return this.#execution.request.executionId;
  }
  get idempotencyKey() {
    return `${this.executionId}:${this.node.id}:${this.runIndex}`;
  }
  get signal() {
    return this.#execution.signal;
  }
  get resumeUrl() {
    return this.#execution.request.resumeUrl ?? '';
  }
  get continueOnFail() {
    return this.#plan.onError !== 'stopWorkflow';
  }
  get sources() {
    return this.#task.sources;
  }
  get customData() {
    return this.#execution.customData;
  }
  get respond() {
    return this.#execution.ports.respond;
  }
  get now() {
    return this.#execution.ports.clock.now;
  }
  get http(): HttpPort {
    return (this.#http ??= httpOf(this.node, this.#execution, this));
  }
  get code(): CodePort {
    return (this.#code ??= codeOf(this.#execution));
  }
  get runWorkflow(): Member<'runWorkflow'> {
    return (this.#runWorkflow ??= subworkflowsOf(this.node, this.#execution, this));
  }

  get items(): Member<'items'> {
    const { inputs } = this;
    return (index = 0) => inputs[index] ?? [];
  }
  get param(): Member<'param'> {
    return (this.#param ??= this.#makeParam());
  }
  get evaluate(): Member<'evaluate'> {
    return (this.#evaluate ??= (text, itemIndex, extra) =>
      this.#execution.evaluator.evaluate(text, this.#scoped(), itemIndex, extra));
  }
  get codeScope(): Member<'codeScope'> {
    return (itemIndex) => codeScope(this.#scoped(), itemIndex);
  }
  get credential(): Member<'credential'> {
    const { node, runIndex, attempt } = this;
    return async (type) => credentialOf(node, this.#execution, { type, runIndex, attempt });
  }
  get staticData(): Member<'staticData'> {
    const { node } = this;
    const { ports } = this.#execution;
    return (kind) => ports.staticData(kind === 'global' ? 'global' : { node: node.name });
  }
  get sleep(): Member<'sleep'> {
    const { signal, ports } = this.#execution;
    return (ms) => ports.clock.sleep(ms, signal);
  }

  #makeParam(): Member<'param'> {
    const read = createReadParam(this.#plan, this.evaluate, this.timezone);
    return <T>(path: string, itemIndex: number, options?: ParamOptions): T => {
      const value = read(path, itemIndex, options);
      // The caller names the type it expects; defineNode's decoded params are the checked way.
      return value as T;
    };
  }

  #scoped(): EvaluationScope {
    return (this.#scope ??= createRunScope(this.#execution, this.#plan, this.#task, this.runIndex));
  }
}
