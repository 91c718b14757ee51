import { Form, Select } from 'antd';
import { api, ask } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';

/** Which of a pool's deposit accounts money moves on; asked only where it has several. */
export function AccountField({ poolCode, label }: { poolCode: string; label: string }) {
  const { data } = useAsk(['pools', poolCode, 'now'], () =>
    ask(api.pools[':id'].$get({ param: { id: poolCode }, query: {} })),
  );
  const accounts = data?.accounts ?? [];
  if (accounts.length < 2) return null;
  return (
    <Form.Item name="accountNo" label={label} rules={[{ required: true, message: `请选择${label}` }]}>
      <Select
        options={accounts.map(({ accountNo, bankName }) => ({ value: accountNo, label: `${bankName} ${accountNo}` }))}
      />
    </Form.Item>
  );
}
