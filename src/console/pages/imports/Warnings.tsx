import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { Fault } from '../../api.ts';

/** What was read otherwise than one might think, or not at all; the first few, then all. */
export function Warnings({ warnings }: { warnings: Fault[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? warnings : warnings.slice(0, 3);
  return (
    <Alert
      type="warning"
      showIcon
      title={`${warnings.length} 处提示，请核对`}
      action={
        warnings.length > 3 && (
          <Button size="small" onClick={() => setAll(!all)}>
            {all ? '收起' : '全部显示'}
          </Button>
        )
      }
      description={
        <ul className="faults warnings">
          {shown.map(({ code, row, message, field }) => (
            <li key={`${code}${row}${field}${message}`}>
              {row && !message.startsWith('第') ? `第 ${row} 行：` : ''}
              {message}
            </li>
          ))}
        </ul>
      }
    />
  );
}
