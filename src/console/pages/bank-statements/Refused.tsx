import { Button, DatePicker, Form, Select, Space } from 'antd';
import dayjs from 'dayjs';
import type { Problem } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAccounts } from '../reconciliations/useAccounts.ts';
import type { Said } from './useReading.ts';

/** What a person can say to a file that is refused for not saying it. */
const ASKS_ACCOUNT = ['ACCOUNT_NEEDED'];
const ASKS_DAYS = ['STATEMENT_EMPTY'];

interface Props {
  problem: Problem;
  rows: Map<number, string>;
  onAgain(said: Said): void;
}

/** A file that was not taken: the row where it breaks, beside the row's own text; nothing of it was imported. */
export function Refused({ problem, rows, onAgain }: Props) {
  return (
    <>
      <ProblemAlert error={problem} />
      {rows.size > 0 && (
        <table className="broken-rows">
          <caption>文件中的这几行</caption>
          <tbody>
            {[...rows].map(([row, text]) => (
              <tr key={row} className={faultOf(problem, row) ? 'broken' : ''}>
                <th scope="row">第 {row} 行</th>
                <td>
                  <code>{text}</code>
                </td>
                {problem.errors.length > 1 && <td className="broken-why">{faultOf(problem, row)?.message}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {ASKS_ACCOUNT.includes(problem.code) && <WhichAccount onAgain={onAgain} />}
      {ASKS_DAYS.includes(problem.code) && <WhichDays onAgain={onAgain} />}
      {problem.code === 'STATEMENT_GAP' && (
        <p className="hint-line">
          补上其间的对账单后，再
          <Button size="small" type="link" onClick={() => onAgain({})}>
            重新读取
          </Button>
        </p>
      )}
    </>
  );
}

const faultOf = ({ errors }: Problem, row: number) => errors.find((fault) => fault.row === row);

function WhichAccount({ onAgain }: { onAgain(said: Said): void }) {
  const accounts = useAccounts();
  return (
    <Space className="act">
      这是哪个专户的流水？
      <Select
        aria-label="专户"
        placeholder="选择专户"
        style={{ minWidth: 320 }}
        options={accounts.map(({ poolName, accountNo }) => ({ value: accountNo, label: `${poolName} ${accountNo}` }))}
        onChange={(accountNo: string) => onAgain({ accountNo })}
      />
    </Space>
  );
}

function WhichDays({ onAgain }: { onAgain(said: Said): void }) {
  return (
    <Form
      layout="inline"
      className="act"
      onFinish={({ days: [from, to] }: { days: [dayjs.Dayjs, dayjs.Dayjs] }) =>
        onAgain({ from: from.format('YYYY-MM-DD'), to: to.format('YYYY-MM-DD') })
      }
    >
      <Form.Item name="days" label="对账单的起止日期" rules={[{ required: true, message: '请填写起止日期' }]}>
        <DatePicker.RangePicker maxDate={dayjs()} />
      </Form.Item>
      <Button type="primary" htmlType="submit">
        重新读取
      </Button>
    </Form>
  );
}
