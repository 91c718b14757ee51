import { Form, Input } from 'antd';
import { formatYuan, money, sum } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import type { ApplicationItem } from '../../parts/subsidy/types.ts';
import { useAct } from '../../parts/useAct.ts';
import { CHANGED, STEPS, type Step } from './acts.ts';

interface Props {
  step: Step;
  items: Pick<ApplicationItem, 'id' | 'enterpriseName' | 'demand' | 'eligible'>[];
  onClose(): void;
  onDone(): void;
}

/** One step with one application or many: all of them, or none and the reason of the first that stands against it. */
export function StepDialog({ step, items, onClose, onDone }: Props) {
  const { word, note, done, does } = STEPS[step];
  const act = useAct(
    ({ note: said }: { note?: string }) =>
      ask(
        api['subsidy-applications'].steps.$post({
          json: { step, ids: items.map(({ id }) => id), ...(said?.trim() ? { note: said.trim() } : {}) },
        }),
      ),
    { done: items.length > 1 ? `${items.length} 项${done}` : done, refresh: CHANGED },
  );
  const doubtful = items.filter(({ eligible }) => !eligible);
  const total = formatYuan(sum(items.map(({ demand }) => money(demand))));
  const one = items.length === 1 ? items[0] : undefined;
  return (
    <FormDialog<{ note?: string }>
      title={one ? `${word}：${one.enterpriseName}` : `${word}：所选 ${items.length} 项`}
      action={one ? word : `${word} ${items.length} 项`}
      initial={{}}
      act={act}
      onDone={onDone}
      onClose={onClose}
    >
      <p>
        按规定应得{items.length > 1 ? '合计' : ''} {total} 元。{does}
      </p>
      {doubtful.length > 0 && (
        <p>
          其中 {doubtful.length} 项不符合申报条件（
          {doubtful
            .slice(0, 3)
            .map(({ enterpriseName }) => enterpriseName)
            .join('、')}
          {doubtful.length > 3 && '等'}），建议先打开查看；核定时不符合条件的不能通过。
        </p>
      )}
      {items.length > 1 && <p className="hint-line">一并办理，有一项不能办理的，全部不办理，并说明是哪一项。</p>}
      {note && (
        <Form.Item name="note" label={`${note}（可不填，企业看不到）`}>
          <Input.TextArea rows={3} maxLength={500} showCount autoFocus />
        </Form.Item>
      )}
    </FormDialog>
  );
}
