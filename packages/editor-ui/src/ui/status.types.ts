/** How an execution or a run stands, as the API says it. */
export type Status = 'new' | 'running' | 'success' | 'error' | 'waiting' | 'canceled';
