import { ExecutionEntity } from '../../db/index.ts';
import type { ListeningDraft, Question, Reply, Runtime } from '../../runtime/index.ts';
import { MainsSilentError } from './mains-silent.error.ts';
import type { Addressed } from './path-index.ts';
import {
  indexOf,
  TestAddressTakenError,
  toListener,
  type ListenerMatch,
  type ListenOrder,
  type TestListener,
  type TestListeners,
} from './test-listeners.ts';

/**
 * Drafts that listen in any main process, whichever of them a load balancer chose. The process they
 * listen in decides who was first; the one that was called runs the execution.
 */
export interface SharedListeners {
  /** Away from the others, it listens here alone. @throws {TestAddressTakenError} */
  listen(order: ListenOrder): Promise<TestListener>;
  /** @throws {MainsSilentError} when it may listen in a process that could not be asked. */
  find(asked: Addressed): Promise<ListenerMatch | undefined>;
  methodsAt(kind: Addressed['kind'], path: string): Promise<string[]>;
  /** @throws {MainsSilentError} */
  get(executionId: string): Promise<TestListener | undefined>;
  /** Ends it. False when it had ended. @throws {MainsSilentError} */
  end(executionId: string, reason: 'called' | 'canceled'): Promise<boolean>;
}

/** An end that comes later than this is none: whoever asked for it may have given up. */
const END_WITHIN_MS = 1000;

/** Looks here first; only what is not here is asked for. A process alone never asks. */
export function shareListeners(
  runtime: Pick<Runtime, 'mains' | 'workflows' | 'leases' | 'options'>,
  here: TestListeners,
): SharedListeners {
  const { mains, workflows, leases, options } = runtime;

  async function ask(question: Question) {
    if (!mains) return { replies: [], drafts: [], isComplete: true };
    const { replies, isComplete } = await mains.ask(question);
    const drafts = replies.flatMap((reply) => reply.drafts ?? []);
    return { replies, drafts: drafts.map(received), isComplete };
  }

  const received = ({ workflowId, json, ...draft }: ListeningDraft) =>
    toListener({ ...draft, workflow: workflows.snapshot(workflowId, json) });

  const isStored = (id: string) =>
    options.db.source.getRepository(ExecutionEntity).existsBy({ id });

  return {
    async listen(order) {
      const about = { workflowId: order.workflow.id, addresses: here.addressesOf(order) };
      const { replies } = await ask({ type: 'draft-listens', ...about });
      const taken = replies.find((reply) => reply.taken)?.taken;
      if (taken) throw new TestAddressTakenError(taken);
      return here.listen(order);
    },
    async find(asked) {
      const known = here.find(asked);
      if (known) return known;
      const { kind, path } = asked;
      const { drafts, isComplete } = await ask({ type: 'drafts-at', kind, path });
      const match = indexOf(drafts).find(asked);
      if (!match && !isComplete) throw new MainsSilentError();
      return match;
    },
    async methodsAt(kind, path) {
      const { drafts } = await ask({ type: 'drafts-at', kind, path });
      return indexOf([...here.at(kind, path), ...drafts]).methodsAt(kind, path);
    },
    async get(executionId) {
      const known = here.get(executionId);
      if (known || !mains || (await isStored(executionId))) return known;
      const { drafts, isComplete } = await ask({ type: 'draft', executionId });
      if (!drafts[0] && !isComplete) throw new MainsSilentError();
      return drafts[0];
    },
    async end(executionId, reason) {
      if (here.end(executionId, reason)) return true;
      const until = leases.clock.now() + END_WITHIN_MS;
      const question = { type: 'end-draft', executionId, reason, until } as const;
      const { replies, isComplete } = await ask(question);
      const isEnded = replies.some((reply) => reply.isEnded);
      const isSure = isComplete && leases.clock.now() <= until;
      if (!isEnded && !isSure) throw new MainsSilentError();
      return isEnded;
    },
  };
}

/** Tells the other main processes what listens here, and ends it for them. */
export function replyForListeners(
  { mains, leases }: Pick<Runtime, 'mains' | 'leases'>,
  here: TestListeners,
): void {
  mains?.reply((question): Reply => {
    switch (question.type) {
      case 'drafts-at':
        return { drafts: here.at(question.kind, question.path).map(toDraft) };
      case 'draft': {
        const listener = here.get(question.executionId);
        return listener ? { drafts: [toDraft(listener)] } : {};
      }
      case 'end-draft': {
        const isInTime = leases.clock.now() <= question.until;
        return { isEnded: isInTime && here.end(question.executionId, question.reason) };
      }
      case 'draft-listens': {
        const taken = here.giveWay(question);
        return taken ? { taken } : {};
      }
      default:
        // A newer process may ask what this one does not know.
        question satisfies never;
        return {};
    }
  });
}

function toDraft({ workflow, start: _start, ...draft }: TestListener): ListeningDraft {
  return { ...draft, workflowId: workflow.id, json: workflow.json };
}
