import { ctrAt, PRIOR_CTR, type CtrCurve } from './ctr-curve.ts';
import type { Keyword } from './keyword.ts';

export type Action = 'update' | 'newPage' | 'linkCampaign';

const EFFORT: Readonly<Record<Action, number>> = { update: 1, newPage: 3, linkCampaign: 5 };
const LAST_RANKED_POSITION = 20;
const NEW_PAGE_TARGET = 5;
/** A page this much harder than the site is strong wants links before words. */
const LINK_GAP = 30;

export interface OpportunityOptions {
  /** The site's own strength on the difficulty scale, 0–100. */
  readonly authority: number;
  readonly curve?: CtrCurve;
  /** Worth of one click where the export names no CPC, or for all when `useCpc` is false. */
  readonly valuePerClick: number;
  readonly useCpc: boolean;
}

/** The score with all its parts, so that a person can check it. */
export interface Opportunity {
  readonly score: number;
  /** Worth of the extra clicks a month, if the target is reached. */
  readonly expectedValue: number;
  readonly extraClicks: number;
  /** Chance to reach the target, 0–1; .5 when the difficulty is unknown. */
  readonly probability: number;
  readonly effort: number;
  readonly action: Action;
  readonly targetPosition: number;
  readonly valuePerClick: number;
}

/**
 * What a better position of a keyword is worth: EV = V · max(0, c(p*) − c(p)) · value per click,
 * P = σ((A − KD)/10), score = EV · P / effort.
 *
 * @see marketing.md A02
 */
export function scoreOpportunity(keyword: Keyword, options: OpportunityOptions): Opportunity {
  const { authority, curve = PRIOR_CTR, useCpc } = options;
  const action = chooseAction(keyword, authority);
  const targetPosition = target(keyword, action);
  const now = keyword.position === undefined ? 0 : ctrAt(curve, keyword.position);
  const extraClicks = (keyword.volume ?? 0) * Math.max(0, ctrAt(curve, targetPosition) - now);
  const valuePerClick = (useCpc ? keyword.cpc : undefined) ?? options.valuePerClick;
  const probability =
    keyword.difficulty === undefined ? 0.5 : logistic((authority - keyword.difficulty) / 10);
  const expectedValue = extraClicks * valuePerClick;
  const effort = EFFORT[action];
  return {
    score: (expectedValue * probability) / effort,
    expectedValue,
    extraClicks,
    probability,
    effort,
    action,
    targetPosition,
    valuePerClick,
  };
}

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

function chooseAction({ position, difficulty = 0 }: Keyword, authority: number): Action {
  if (position !== undefined && position <= LAST_RANKED_POSITION) return 'update';
  return difficulty - authority >= LINK_GAP ? 'linkCampaign' : 'newPage';
}

const target = ({ position }: Keyword, action: Action): number =>
  action === 'update' && position !== undefined
    ? Math.max(1, Math.min(3, position - 3))
    : NEW_PAGE_TARGET;
