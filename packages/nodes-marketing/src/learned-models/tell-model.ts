import type { LeadModel } from '../stats/leads/lead-model.ts';
import type { ChanceReport } from '../stats/predict/judge-chances.ts';

/** What a training came to, in words. */
export function explainTraining({
  report,
  warnings,
}: Pick<LeadModel, 'report' | 'warnings'>): string {
  const leaks = warnings.map(
    ({ by, auc }) => `"${by}" alone tells the outcome (AUC ${auc.toFixed(2)})`,
  );
  const warned =
    leaks.length > 0 ? ` Probably written down after the end: ${leaks.join(', ')}.` : '';
  return `Learned from ${report.trainedOn} outcomes and judged on the ${report.testedOn} latest. ${explainChances(report)}${warned}`;
}

/** How good chances were, in words. */
export const explainChances = ({ auc, improvement, reason, isDeployable }: ChanceReport): string =>
  `Of a good and a bad one it puts the good one first in ${(100 * auc.value).toFixed(0)} % (${(100 * auc.low).toFixed(0)} to ${(100 * auc.high).toFixed(0)}); ` +
  `squared error ${improvement.value >= 0 ? 'less' : 'more'} than the base rate's by ${Math.abs(improvement.value).toFixed(3)}. ` +
  `${isDeployable ? 'Fit for use' : 'Not fit for use'}: ${reason}.`;

/** What speaks for and against, in words. */
export function explainWeights(
  weights: readonly { readonly name: string; readonly weight: number }[],
): string {
  if (weights.length === 0) return 'Nothing that is known speaks for or against';
  return weights
    .slice(0, 3)
    .map(({ name, weight }) => `${name} speaks ${weight > 0 ? 'for' : 'against'} it`)
    .join(', ');
}
