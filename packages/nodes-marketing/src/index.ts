import { defineNodePackage } from '@millrace/workflow/node-api';
import { credentials } from './credentials/all.ts';
import anomaly from './anomaly/anomaly.node.ts';
import backlinks from './backlinks/backlinks.node.ts';
import budgetOptimizer from './budget-optimizer/budget-optimizer.node.ts';
import campaignMemory from './campaign-memory/campaign-memory.node.ts';
import campaignPlanner from './campaign-planner/campaign-planner.node.ts';
import contentBrief from './content-brief/content-brief.node.ts';
import contentCalendar from './content-calendar/content-calendar.node.ts';
import contentIdeas from './content-ideas/content-ideas.node.ts';
import forecast from './forecast/forecast.node.ts';
import { importJob } from './jobs/import-job.ts';
import handoff from './handoff/handoff.node.ts';
import {
  claimRoute,
  closeRoute,
  listAgents,
  listHandoffs,
  releaseRoute,
  saveAgent,
} from './handoff/handoff-routes.ts';
import { programmeJob } from './jobs/programme-job.ts';
import { seedJob } from './jobs/seed-job.ts';
import keywordAnalyzer from './keyword-analyzer/keyword-analyzer.node.ts';
import marketingController from './marketing-programme/marketing-controller.node.ts';
import marketingProgramme from './marketing-programme/marketing-programme.node.ts';
import linkProspects from './outreach-plan/link-prospects.node.ts';
import outreachReplies from './outreach-replies/outreach-replies.node.ts';
import outreachSender from './outreach-sender/outreach-sender.node.ts';
import outreachUnsubscribe from './outreach-unsubscribe/outreach-unsubscribe.node.ts';
import { programmes } from './programmes/all.ts';
import readability from './readability/readability.node.ts';
import { changeCampaign, showPortfolio, showRoi } from './routes/campaigns-routes.ts';
import { listTrending, showCalendar } from './routes/content-routes.ts';
import { exportData, importData } from './routes/import-routes.ts';
import { listLinkOpportunities, listOutreachQueue } from './routes/links-routes.ts';
import {
  changeProgramme,
  showDashboard,
  showHealth,
  showSettings,
  startEverything,
  stopEverything,
} from './routes/overall-routes.ts';
import { changePlan, listLearnings, listPlans } from './routes/plan-routes.ts';
import { programmeRoutes } from './routes/programme-routes.ts';
import { fillWithSamples } from './routes/seed-routes.ts';
import { movePlanned } from './routes/schedule-routes.ts';
import { listOpportunities, listQuickWins } from './routes/seo-routes.ts';
import { listMessages, listThreads } from './routes/thread-routes.ts';
import { listTrendSeries } from './routes/trend-routes.ts';
import trendDetector from './trend-detector/trend-detector.node.ts';
import tiktokPoster from './tiktok-poster/tiktok-poster.node.ts';
import leadScore from './lead-score/lead-score.node.ts';
import predictor from './predictor/predictor.node.ts';
import experiment from './experiment/experiment.node.ts';
import uniqueness from './uniqueness/uniqueness.node.ts';
import journalistInbox from './journalist-inbox/journalist-inbox.node.ts';
import linkChecker from './link-checker/link-checker.node.ts';
import rankTracker from './rank-tracker/rank-tracker.node.ts';
import { migrations, tables } from './tables/index.ts';
import { templates } from './templates/all.ts';

/** Marketing, as one package: nodes, tables, routes, jobs and templates. */
export const nodesMarketing = defineNodePackage({
  name: 'millrace-nodes-marketing',
  version: '0.1.0',
  namespace: 'marketing',
  nodes: [
    anomaly,
    backlinks,
    budgetOptimizer,
    campaignMemory,
    campaignPlanner,
    contentBrief,
    contentCalendar,
    contentIdeas,
    experiment,
    forecast,
    handoff,
    journalistInbox,
    keywordAnalyzer,
    leadScore,
    linkChecker,
    linkProspects,
    marketingController,
    marketingProgramme,
    outreachReplies,
    outreachSender,
    outreachUnsubscribe,
    predictor,
    rankTracker,
    readability,
    tiktokPoster,
    trendDetector,
    uniqueness,
  ],
  credentials,
  tables,
  migrations,
  templates,
  routes: [
    ...[...programmes.keys()].flatMap(programmeRoutes),
    listOpportunities,
    listQuickWins,
    listLinkOpportunities,
    listOutreachQueue,
    showCalendar,
    movePlanned,
    listTrending,
    listThreads,
    listMessages,
    listTrendSeries,
    showPortfolio,
    showRoi,
    changeCampaign,
    showDashboard,
    showHealth,
    startEverything,
    stopEverything,
    showSettings,
    changeProgramme,
    listPlans,
    changePlan,
    listLearnings,
    listHandoffs,
    claimRoute,
    releaseRoute,
    closeRoute,
    listAgents,
    saveAgent,
    fillWithSamples,
    importData,
    exportData,
  ],
  jobs: [importJob, seedJob, ...[...programmes.values()].map(programmeJob)],
});
