import type { InferResponseType } from 'hono/client';
import type { api } from '../../api.ts';
import type { Tone } from '../../parts/StateTag.tsx';

export type Job = InferResponseType<typeof api.jobs.$get, 200>['items'][number];

/** What each queue does, as people say it. */
export const QUEUES: Record<string, string> = {
  'render-document': '生成单据 PDF',
  settle: '结算',
  import: '处理上传的文件',
  'send-mail': '发送邮件',
  'reset-link': '处理重设密码的申请',
  'subsidy-papers': '出具补贴单据',
  'make-archive': '制作审计档案',
  'seal-audit': '审计日志入链',
  'catch-up': '每日检查到期事项',
};

export type State = 'created' | 'retry' | 'active' | 'completed' | 'cancelled' | 'failed';

/** States of a job; a failed one has used up its attempts. */
export const STATES: Record<State, [label: string, tone: Tone]> = {
  created: ['等待', 'plain'],
  retry: ['待重试', 'near'],
  active: ['执行中', 'near'],
  completed: ['已完成', 'within'],
  cancelled: ['已取消', 'plain'],
  failed: ['失败', 'past'],
};
