import { areaUnderCurve } from '../predict/area-under-curve.ts';
import { learnEncoding, type Facts } from '../predict/encode.ts';
import {
  openPredictor,
  trainPredictor,
  type OpenPredictor,
  type Outcome,
  type Predictor,
  type PredictorModel,
} from '../predict/predictor.ts';

/** A fact that knows too much: probably written down after the lead had decided. */
export interface LeakWarning {
  readonly fact: string;
  /** What gave it away, such as `status=Closed`. */
  readonly by: string;
  /** Of that alone, .5–1. */
  readonly auc: number;
}

/** What a lead model learned, as plain data. */
export interface LeadModelData {
  readonly predictor: PredictorModel;
  /** Facts that are left out because they know too much. */
  readonly dropped: readonly string[];
  /** Chances of the training leads in ascending order, thinned to a thousand. */
  readonly chances: readonly number[];
}

export interface OpenLeadModel extends OpenPredictor {
  /** 0–100: share of the training leads with a lower chance. */
  score(facts: Facts): number;
}

export interface LeadModel extends OpenLeadModel, Pick<Predictor, 'report'> {
  readonly warnings: readonly LeakWarning[];
  readonly model: LeadModelData;
}

const SUSPICIOUS = 0.9;
const LEAST_ROWS = 20;
const KEPT_CHANCES = 1000;

/**
 * Learns which leads convert. Facts that alone tell winners from losers are named and left out: such
 * a fact is a trace of the outcome, and a model that reads it is useless for leads still open.
 *
 * @param keep - Facts to use although they look like traces.
 * @see marketing.md A33
 */
export function trainLeadModel(
  leads: readonly Outcome[],
  { keep = [], seed = 1 }: { readonly keep?: readonly string[]; readonly seed?: number } = {},
): LeadModel {
  const warnings = findLeaks(leads);
  const dropped = warnings.map(({ fact }) => fact).filter((fact) => !keep.includes(fact));
  const predictor = trainPredictor(
    leads.map((lead) => ({ ...lead, facts: without(dropped, lead.facts) })),
    seed,
  );
  const chances = leads
    .map(({ facts }) => predictor.predict(without(dropped, facts)))
    .toSorted((a, b) => a - b);
  const model = { predictor: predictor.model, dropped, chances: thinned(chances) };
  return { ...openLeadModel(model), report: predictor.report, warnings, model };
}

/** The model these data were kept of. */
export function openLeadModel({ predictor, dropped, chances }: LeadModelData): OpenLeadModel {
  const { predict, explain } = openPredictor(predictor);
  const ascending = Float64Array.from(chances);
  return {
    predict: (facts) => predict(without(dropped, facts)),
    explain: (facts) => explain(without(dropped, facts)),
    score: (facts) =>
      (100 * countBelow(ascending, predict(without(dropped, facts)))) / chances.length,
  };
}

const without = (dropped: readonly string[], facts: Facts): Facts =>
  dropped.length === 0
    ? facts
    : Object.fromEntries(Object.entries(facts).filter(([name]) => !dropped.includes(name)));

/** Every so-manieth of the chances: quantiles say as much about a place among them. */
const thinned = (ascending: readonly number[]): number[] =>
  ascending.length <= KEPT_CHANCES
    ? [...ascending]
    : Array.from(
        { length: KEPT_CHANCES },
        (_, place) => ascending[Math.floor(((place + 0.5) * ascending.length) / KEPT_CHANCES)] ?? 0,
      );

/** Facts of which one value, or their being known at all, tells the outcome with an AUC above .9. */
export function findLeaks(leads: readonly Outcome[]): LeakWarning[] {
  const truth = leads.map(({ isPositive }) => isPositive);
  const names = [...new Set(leads.flatMap(({ facts }) => Object.keys(facts)))];
  return names.flatMap((fact): LeakWarning[] => {
    const single = [...valuesOf(fact, leads)].map(([by, values]) => {
      const auc = areaUnderCurve(values, truth);
      return { fact, by, auc: Math.max(auc, 1 - auc) };
    });
    const whole = { fact, by: fact, auc: aucOfValues(fact, leads) };
    const [worst] = [...single, whole].toSorted((a, b) => b.auc - a.auc);
    return worst && worst.auc > SUSPICIOUS ? [worst] : [];
  });
}

/** The fact as each number a model could make of it. */
function valuesOf(fact: string, leads: readonly Outcome[]): Map<string, number[]> {
  const facts = leads.map((lead) => ({ [fact]: lead.facts[fact] }));
  const encoder = learnEncoding(facts, LEAST_ROWS);
  const rows = facts.map((each) => encoder.encode(each));
  const single = encoder.names.map((name, column): [string, number[]] => [
    name,
    rows.map((row) => row[column] ?? 0),
  ]);
  return new Map(single);
}

/**
 * A many-valued fact as a whole: what share each value won among every second lead, judged on the
 * others. On the same leads, a value's share would tell a lead its own outcome.
 */
function aucOfValues(fact: string, leads: readonly Outcome[]): number {
  const known = leads.filter((_, index) => index % 2 === 0);
  const judged = leads.filter((_, index) => index % 2 === 1);
  const wins = Map.groupBy(known, ({ facts }) => facts[fact]);
  const share = (own: readonly Outcome[]) =>
    own.filter(({ isPositive }) => isPositive).length / Math.max(1, own.length);
  const overall = share(known);
  return areaUnderCurve(
    judged.map(({ facts }) => {
      const own = wins.get(facts[fact]);
      return own ? share(own) : overall;
    }),
    judged.map(({ isPositive }) => isPositive),
  );
}

function countBelow(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
