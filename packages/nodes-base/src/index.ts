import { defineNodePackage } from '@millrace/workflow/node-api';
import { databaseTypes } from './credentials/databases.ts';
import { httpAuthTypes } from './credentials/http-auth.ts';
import { llmApi } from './credentials/llm-api.ts';
import { mailTypes } from './credentials/mail.ts';
import { oAuth2Api } from './credentials/oauth2-api.ts';
import { secretTypes } from './credentials/secrets.ts';
import { aggregateNode } from './aggregate/aggregate.node.ts';
import { compareDatasetsNode } from './compare-datasets/compare-datasets.node.ts';
import { dataTableNode } from './data-table/data-table.node.ts';
import { dateTimeV1Node } from './date-time/date-time-v1.node.ts';
import { dateTimeNode } from './date-time/date-time.node.ts';
import { cronNode } from './cron/cron.node.ts';
import { graphqlNode } from './graphql/graphql.node.ts';
import { mySqlNode, mySqlV1Node } from './my-sql/my-sql.node.ts';
import { postgresNode, postgresV1Node } from './postgres/postgres.node.ts';
import { readWriteFileNode } from './read-write-file/read-write-file.node.ts';
import { redisTriggerNode } from './redis/redis-trigger.node.ts';
import { sseTriggerNode } from './sse-trigger/sse-trigger.node.ts';
import { redisNode } from './redis/redis.node.ts';
import { intervalNode } from './interval/interval.node.ts';
import { codeNode, functionItemNode, functionNode } from './code/index.ts';
import { emailReadImapNode } from './email-read-imap/email-read-imap.node.ts';
import { emailSendNode } from './email-send/email-send.node.ts';
import { errorTriggerNode } from './error-trigger/error-trigger.node.ts';
import { executeWorkflowTriggerNode } from './execute-workflow-trigger/execute-workflow-trigger.node.ts';
import { executeWorkflowNode } from './execute-workflow/execute-workflow.node.ts';
import { filterLegacyNode } from './filter/filter-legacy.node.ts';
import { filterNode } from './filter/filter.node.ts';
import { httpRequestLegacyNode, httpRequestNode } from './http-request/index.ts';
import { formTriggerNode } from './form-trigger/form-trigger.node.ts';
import { formNode } from './form/form.node.ts';
import { ifLegacyNode } from './if/if-legacy.node.ts';
import { ifNode } from './if/if.node.ts';
import { itemListsLegacyNode, itemListsNode } from './item-lists/item-lists.node.ts';
import { limitNode } from './limit/limit.node.ts';
import { llmNode } from './llm/llm.node.ts';
import { manualTriggerNode } from './manual-trigger/manual-trigger.node.ts';
import { mergeV1Node } from './merge/merge-v1.node.ts';
import { mergeNode, mergeV2Node } from './merge/merge.node.ts';
import { noOpNode } from './no-op/no-op.node.ts';
import {
  removeDuplicatesNode,
  removeDuplicatesV1Node,
} from './remove-duplicates/remove-duplicates.node.ts';
import { renameKeysNode } from './rename-keys/rename-keys.node.ts';
import { respondToWebhookNode } from './respond-to-webhook/respond-to-webhook.node.ts';
import { rssFeedReadTriggerNode } from './rss-feed-read/rss-feed-read-trigger.node.ts';
import { rssFeedReadNode } from './rss-feed-read/rss-feed-read.node.ts';
import { scheduleTriggerNode } from './schedule-trigger/schedule-trigger.node.ts';
import { setLegacyNode } from './set/set-legacy.node.ts';
import { setNode } from './set/set.node.ts';
import {
  splitInBatchesNode,
  splitInBatchesV1Node,
  splitInBatchesV2Node,
} from './split-in-batches/split-in-batches.node.ts';
import { sortNode } from './sort/sort.node.ts';
import { splitOutNode } from './split-out/split-out.node.ts';
import { stopAndErrorNode } from './stop-and-error/stop-and-error.node.ts';
import { summarizeNode } from './summarize/summarize.node.ts';
import { switchV1Node, switchV2Node } from './switch/switch-legacy.node.ts';
import { switchNode } from './switch/switch.node.ts';
import { waitNode } from './wait/wait.node.ts';
import { webhookNode } from './webhook/webhook.node.ts';
import { htmlNode, htmlExtractNode } from './html/html.node.ts';
import { xmlNode } from './xml/xml.node.ts';
import { markdownNode } from './markdown/markdown.node.ts';
import { cryptoNode, cryptoV1Node } from './crypto/crypto.node.ts';
import { jwtNode } from './jwt/jwt.node.ts';
import { convertToFileNode } from './convert-to-file/convert-to-file.node.ts';
import { extractFromFileNode } from './extract-from-file/extract-from-file.node.ts';
import { compressionNode } from './compression/compression.node.ts';
import { executionDataNode } from './execution-data/execution-data.node.ts';
import { totpNode } from './totp/totp.node.ts';
import { debugHelperNode } from './debug-helper/debug-helper.node.ts';
import { readPdfNode } from './read-pdf/read-pdf.node.ts';
import { spreadsheetFileNode } from './spreadsheet-file/spreadsheet-file.node.ts';
import { moveBinaryDataNode } from './move-binary-data/move-binary-data.node.ts';
import { iCalNode } from './i-cal/i-cal.node.ts';

export { importCurl, type CurlImport } from './http-request/curl/import-curl.ts';

/** The general nodes: triggers, flow, and work on items. */
export const nodesBase = defineNodePackage({
  name: '@millrace/nodes-base',
  credentials: [
    ...httpAuthTypes,
    ...secretTypes,
    oAuth2Api,
    llmApi,
    ...mailTypes,
    ...databaseTypes,
  ],
  nodes: [
    codeNode,
    functionNode,
    functionItemNode,
    httpRequestNode,
    httpRequestLegacyNode,
    graphqlNode,
    postgresNode,
    postgresV1Node,
    mySqlNode,
    mySqlV1Node,
    redisNode,
    llmNode,
    emailSendNode,
    emailReadImapNode,
    rssFeedReadNode,
    rssFeedReadTriggerNode,
    manualTriggerNode,
    webhookNode,
    scheduleTriggerNode,
    cronNode,
    intervalNode,
    sseTriggerNode,
    redisTriggerNode,
    errorTriggerNode,
    executeWorkflowTriggerNode,
    executeWorkflowNode,
    respondToWebhookNode,
    waitNode,
    formTriggerNode,
    formNode,
    setNode,
    setLegacyNode,
    ifNode,
    ifLegacyNode,
    filterNode,
    filterLegacyNode,
    switchNode,
    switchV1Node,
    switchV2Node,
    mergeNode,
    mergeV1Node,
    mergeV2Node,
    splitInBatchesNode,
    splitInBatchesV1Node,
    splitInBatchesV2Node,
    limitNode,
    sortNode,
    splitOutNode,
    aggregateNode,
    summarizeNode,
    removeDuplicatesNode,
    removeDuplicatesV1Node,
    renameKeysNode,
    dataTableNode,
    dateTimeNode,
    dateTimeV1Node,
    compareDatasetsNode,
    itemListsNode,
    itemListsLegacyNode,
    noOpNode,
    stopAndErrorNode,
    htmlNode,
    htmlExtractNode,
    xmlNode,
    markdownNode,
    cryptoNode,
    cryptoV1Node,
    jwtNode,
    convertToFileNode,
    extractFromFileNode,
    compressionNode,
    readWriteFileNode,
    executionDataNode,
    totpNode,
    debugHelperNode,
    readPdfNode,
    spreadsheetFileNode,
    moveBinaryDataNode,
    iCalNode,
  ],
});
