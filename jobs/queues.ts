import type { Queue } from 'pg-boss';

/**
 * The queues, one line each. `short`: of one key only one waits, but a job left active by a killed process does not keep the next from starting;
 * all handlers may safely run twice, also at once.
 */
export const QUEUES = {
  /** draws a document's PDF */
  'render-document': { policy: 'short', retryLimit: 5, retryBackoff: true, expireInSeconds: 300 },
  /** settles one pool up to its due months */
  settle: { policy: 'short', retryLimit: 10, retryDelay: 5, retryBackoff: true, expireInSeconds: 3600 },
  /** judges and commits a large file */
  import: { policy: 'short', retryLimit: 3, retryDelay: 5, expireInSeconds: 3600 },
  /** sends a letter; a link in it is good for an hour, and its text goes from the queue when it has been sent */
  'send-mail': {
    policy: 'standard',
    retryLimit: 6,
    retryDelay: 30,
    retryBackoff: true,
    retentionSeconds: 3600,
    deleteAfterSeconds: 60,
  },
  /** looks whether anybody has the name for which a new password was asked; what was typed goes from the queue when it is done */
  'reset-link': { policy: 'short', retryLimit: 3, retryDelay: 5, retentionSeconds: 3600, deleteAfterSeconds: 60 },
  /** issues the papers of subsidies after a step, however many applications took it */
  'subsidy-papers': { policy: 'standard', retryLimit: 10, retryDelay: 5, retryBackoff: true, expireInSeconds: 900 },
  /** writes and signs a year's archive */
  'make-archive': { policy: 'short', retryLimit: 3, retryDelay: 10, retryBackoff: true, expireInSeconds: 3 * 3600 },
  /** every minute: chains what the audit log has got */
  'seal-audit': { policy: 'short', retryLimit: 0, retentionSeconds: 3600, deleteAfterSeconds: 60 },
  /** daily and at every start: what is due, and what an earlier process left undone */
  'catch-up': { policy: 'short', retryLimit: 3 },
} as const satisfies Record<string, Omit<Queue, 'name'>>;
