import { Button } from 'antd';

/** The year's balances of every party as XLSX, one row each. */
export function ExportSettlements({ year }: { year: string }) {
  const query = new URLSearchParams({ from: `${year}-01`, to: `${year}-12`, format: 'xlsx' });
  return <Button href={`/api/v1/settlements?${query}`}>导出 {year} 年 XLSX</Button>;
}
