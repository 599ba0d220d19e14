import { fitResponse, type ResponseCurve } from '../stats/campaigns/budget.ts';

interface SpendDay {
  readonly channel: string;
  readonly spend: number;
  readonly revenue: number;
}

/** What each channel returns for money; channels never seen stand where all of them together stand. */
export interface ChannelCurves {
  of(channel: string): ResponseCurve;
  readonly known: readonly ResponseCurve[];
}

/** Where nothing is known: the usual exponent, and any scale, since all channels then have the same. */
const UNKNOWN = { scale: 1, exponent: 0.7, periods: 0 };

/** Fits a curve to the days of each channel. */
export function channelCurves(days: readonly SpendDay[]): ChannelCurves {
  const fitted = new Map(
    [...Map.groupBy(days, ({ channel }) => channel)].map(([channel, own]) => [
      channel,
      fitResponse({ channel, periods: own.map(periodOf) }),
    ]),
  );
  const together = fitResponse({ channel: '', periods: days.map(periodOf) });
  const usual = together.scale > 0 ? { ...together, periods: 0 } : UNKNOWN;
  return {
    of: (channel) => fitted.get(channel) ?? { ...usual, channel },
    known: [...fitted.values()],
  };
}

const periodOf = ({ spend, revenue }: SpendDay) => ({ spend, result: revenue });
