import { Tag } from 'antd';

/** Three colours, one meaning each: within the limit, near it, past it. Everything else is plain. */
export type Tone = 'within' | 'near' | 'past' | 'plain';

const COLOUR: Record<Tone, string | undefined> = { within: 'green', near: 'gold', past: 'red', plain: undefined };

/** States as people say them, wherever they occur. */
const STATES: Record<string, [label: string, tone: Tone]> = {
  submitted: ['待审核', 'near'],
  consented: ['已同意', 'within'],
  refused: ['未通过', 'past'],
  withdrawn: ['已撤回', 'plain'],
  staged: ['处理中', 'near'],
  done: ['已完成', 'within'],
  failed: ['失败', 'past'],
  active: ['在池', 'within'],
  paidOff: ['已结清', 'plain'],
  running: ['结算中', 'near'],
  settled: ['已结算', 'within'],
  provisional: ['暂结', 'near'],
  proposed: ['待复核', 'near'],
  approved: ['已生效', 'within'],
  pass: ['通过', 'within'],
  fail: ['不通过', 'past'],
  warn: ['提示', 'near'],
  notChecked: ['未核查', 'plain'],
  normal: ['正常', 'within'],
  specialMention: ['关注', 'near'],
  substandard: ['次级', 'past'],
  doubtful: ['可疑', 'past'],
  loss: ['损失', 'past'],
};

/** A state as a tag. `labels` where a word differs here, e.g. an approved registration is 已通过. */
export function StateTag({ state, labels }: { state: string; labels?: Record<string, string> }) {
  const [label, tone] = STATES[state] ?? [state, 'plain'];
  return <Toned tone={tone}>{labels?.[state] ?? label}</Toned>;
}

/** A word in the colour of its meaning. */
export function Toned({ tone, children }: { tone: Tone; children: React.ReactNode }) {
  return <Tag color={COLOUR[tone]}>{children}</Tag>;
}

/** The options of a filter by state, in Chinese. */
export const stateOptions = (...states: string[]) =>
  states.map((value) => ({ value, label: STATES[value]?.[0] ?? value }));
