import { Form, Input, Radio } from 'antd';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { useAct } from '../../parts/useAct.ts';
import { CHANGED } from './acts.ts';

interface Props {
  /** the contested line; `name` as people know it */
  of: { applicationId: string; place: number; name: string; ground: string };
  onClose(): void;
}

/** 处理异议 by another person than who recorded it: upheld, the line brings nothing; dismissed, it goes on. */
export function DecideObjection({ of: { applicationId: id, place, name, ground }, onClose }: Props) {
  const decide = useAct(
    (json: { upheld: boolean; opinion: string }) =>
      ask(
        api['subsidy-applications'][':id'].lines[':place']['decide-objection'].$post({
          param: { id, place: `${place}` },
          json,
        }),
      ),
    { done: '异议已处理', refresh: CHANGED },
  );
  return (
    <FormDialog<{ upheld: boolean; opinion: string }>
      title={`处理异议：第 ${place} 项 ${name}`}
      action="作出处理"
      initial={{}}
      act={decide}
      onClose={onClose}
    >
      <p>异议内容：{ground}</p>
      <p>由登记异议以外的人员处理。异议成立的，本项不予补贴；不成立的，恢复办理，本批已分配预算的另行补充分配。</p>
      <Form.Item name="upheld" label="结论" rules={[{ required: true, message: '请选择结论' }]}>
        <Radio.Group
          options={[
            { value: false, label: '异议不成立' },
            { value: true, label: '异议成立' },
          ]}
        />
      </Form.Item>
      <Form.Item
        name="opinion"
        label="处理意见"
        rules={[{ required: true, whitespace: true, message: '请填写处理意见' }]}
      >
        <Input.TextArea rows={3} maxLength={1000} showCount />
      </Form.Item>
    </FormDialog>
  );
}
