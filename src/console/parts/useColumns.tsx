import { Button, Checkbox, Popover } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Column } from './DataTable.tsx';

/** Which columns of a table are shown: chosen by the person, kept in the browser under the table's name. */
export function useColumns<R>(table: string, columns: Column<R>[]): { shown: Column<R>[]; chooser: ReactNode } {
  const name = `columns:${table}`;
  const [chosen, setChosen] = useState<string[]>(
    () => kept(name) ?? columns.filter((c) => !c.hidden).map((c) => c.key),
  );
  const choose = (keys: string[]) => {
    setChosen(keys);
    localStorage.setItem(name, JSON.stringify(keys));
  };
  const chooser = (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <Checkbox.Group
          className="chooser"
          value={chosen}
          options={columns.map(({ key, title }) => ({ value: key, label: title }))}
          onChange={(keys) => keys.length > 0 && choose(keys)}
        />
      }
    >
      <Button>列</Button>
    </Popover>
  );
  return { shown: columns.filter((column) => chosen.includes(column.key)), chooser };
}

function kept(name: string): string[] | undefined {
  try {
    const keys: unknown = JSON.parse(localStorage.getItem(name) ?? 'null');
    return Array.isArray(keys) ? keys : undefined;
  } catch {
    return undefined;
  }
}
