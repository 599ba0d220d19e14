import type { Tables } from '@millrace/workflow/node-api';
import { readSettings } from '../settings.ts';

/** How campaigns are planned and run. */
export interface CampaignSettings {
  /** Campaigns designed in one run. */
  readonly designs: number;
  /** For each campaign; the median of such campaigns when nobody says. */
  readonly budget: number | undefined;
  readonly wantedRoi: number;
  readonly durationDays: number;
  readonly objective: string | undefined;
  readonly industry: string | undefined;
  /** Designs that can reach the wanted return start without a person's yes. */
  readonly autoApprove: boolean;
  readonly moveBudgets: boolean;
  readonly pauseLosers: boolean;
}

/** What is set for the campaigns programme, with the usual values for the rest. */
export async function campaignSettings(tables: Tables): Promise<CampaignSettings> {
  const { own } = await readSettings(tables, 'campaigns');
  const positive = (name: string) => {
    const value = own[name];
    return typeof value === 'number' && value > 0 ? value : undefined;
  };
  const text = (name: string) => {
    const value = own[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return {
    designs: Math.min(20, Math.round(positive('designs') ?? 3)),
    budget: positive('budget'),
    wantedRoi: positive('wantedRoi') ?? 3,
    durationDays: Math.min(365, Math.round(positive('durationDays') ?? 28)),
    objective: text('objective'),
    industry: text('industry'),
    autoApprove: own['autoApprove'] === true,
    moveBudgets: own['moveBudgets'] !== false,
    pauseLosers: own['pauseLosers'] !== false,
  };
}
