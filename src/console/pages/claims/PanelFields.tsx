import { Form, Select } from 'antd';
import type { Cite } from '../../api.ts';
import { Cites } from '../../parts/Cites.tsx';
import { DateField } from '../filings/DateField.tsx';

export interface PanelGiven {
  decidedOn?: string;
  members?: string[];
  recused?: string[];
  substitutes?: string[];
}

/** A panel's decision as the API takes it. */
export const panelOf = ({ decidedOn = '', members = [], recused = [], substitutes = [] }: PanelGiven) => ({
  decidedOn,
  members,
  recused,
  substitutes,
});

/** 集体研究: when, who took part, who kept away because concerned, who stood in; `why` where a clause asks for it. Part of a form, under `panel`. */
export function PanelFields({ why }: { why?: { message: string; cites: Cite[] } }) {
  const names = (name: keyof PanelGiven, label: string, required: boolean, extra?: string) => (
    <Form.Item
      name={['panel', name]}
      label={label}
      extra={extra}
      rules={required ? [{ required, message: `请填写${label}` }] : []}
    >
      <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['、', '，', ',', ' ', ';', '；']} />
    </Form.Item>
  );
  return (
    <fieldset className="lines">
      <legend>集体研究</legend>
      {why && (
        <p>
          {why.message} <Cites cites={why.cites} />
        </p>
      )}
      <Form.Item name={['panel', 'decidedOn']} label="研究日期" rules={[{ required: true, message: '请填写研究日期' }]}>
        <DateField />
      </Form.Item>
      {names('members', '参加人员', true, '逐个填写姓名，回车或顿号分开')}
      {names('recused', '回避人员', false, '与企业或银行有利害关系的人员；没有的不填')}
      {names('substitutes', '候补人员', false, '替代回避人员参加的人员')}
    </fieldset>
  );
}
