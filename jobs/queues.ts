import type { Queue } from 'pg-boss';

/** The queues, one line each: how often a job is tried again and whether two of the same key may wait at once. */
export const QUEUES = {
  /** draws a document's PDF */
  'render-document': { policy: 'short', retryLimit: 5, retryBackoff: true },
  /** settles one pool up to its due months */
  settle: { policy: 'exclusive', retryLimit: 10, retryDelay: 5, retryBackoff: true, expireInSeconds: 3600, heartbeatSeconds: 60 },
  /** daily: which pools have months due */
  'settle-due': { policy: 'singleton', retryLimit: 3 },
  /** judges and commits a staged import */
  import: { policy: 'exclusive', retryLimit: 3, retryDelay: 5, expireInSeconds: 3600, heartbeatSeconds: 60 },
} as const satisfies Record<string, Omit<Queue, 'name'>>;

export type QueueName = keyof typeof QUEUES;
