import { Form, InputNumber, Select } from 'antd';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { useAct } from '../../parts/useAct.ts';
import type { Choice } from '../../parts/useChoices.ts';

interface Wanted {
  poolCode: string;
  year: number;
}

/** 制作档案: which book and which year. */
export function MakeArchive({ books, onClose }: { books: Choice[]; onClose(): void }) {
  const make = useAct((json: Wanted) => ask(api.archives.$post({ json })), {
    done: ({ status }) => (status === 'ready' ? '内容没有变化，已有这份档案' : '开始制作'),
    refresh: ['archives'],
  });
  return (
    <FormDialog<Wanted> title="制作审计档案" action="制作" act={make} initial={{}} onClose={onClose}>
      <Form.Item name="poolCode" label="账套" rules={[{ required: true, message: '请选择账套' }]}>
        <Select options={books} />
      </Form.Item>
      <Form.Item
        name="year"
        label="年度"
        rules={[{ required: true, message: '请填写年度' }]}
        extra="本年度未结束时，档案截至当日；12 月结算之后制作的，含全年。"
      >
        <InputNumber min={2000} max={2999} precision={0} />
      </Form.Item>
    </FormDialog>
  );
}
