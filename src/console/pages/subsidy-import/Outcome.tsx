import { Alert, Button } from 'antd';
import { Link } from 'react-router';
import { formatYuan, money, sum } from '../../../money/money.ts';
import type { Problem } from '../../api.ts';
import { Warnings } from '../imports/Warnings.tsx';
import { FaultTable } from './FaultTable.tsx';
import { ImportedTable } from './ImportedTable.tsx';
import { PROSPECTS, prospectOf } from './prospect.ts';
import { FILES, type FileKind, type Imported, type ImportedItem, MODES } from './types.ts';

/** A file that was not taken: in one sentence, then each fault; where its other enterprises may be taken, how. */
export function Refused({
  name,
  kind,
  problem: { errors },
  onTakeGood,
}: {
  name: string;
  kind: FileKind;
  problem: Problem;
  onTakeGood(): void;
}) {
  const rows = new Set(errors.map(({ row }) => row)).size;
  return (
    <>
      <Alert
        type="error"
        showIcon
        role="alert"
        title={`「${name}」有 ${counted(rows)} 行不符合要求，按「${MODES.all}」，一行也没有接收。`}
        description="请在原文件中改正后重新导入；也可以先接收没有问题的企业，其余的改正后再导入。"
        action={<Button onClick={onTakeGood}>{MODES.good}</Button>}
      />
      <FaultTable faults={errors} kind={kind} fileName={name} />
    </>
  );
}

/** A file that was taken, wholly or in part: in one sentence, what was refused of it, and the applications that it is now. */
export function Done({ name, kind, answer }: { name: string; kind: FileKind; answer: Imported }) {
  const { applications, errors, warnings, rowsRead, rowsRefused } = answer;
  const fresh = applications.filter(({ isNew }) => isNew);
  // All of them for nothing is more likely the wrong scheme, or the wrong file.
  const inVain = fresh.length > 0 && fresh.every((item) => prospectOf(item) !== 'granted');
  return (
    <>
      <Alert
        type={rowsRefused > 0 || rowsRead === 0 || inVain ? 'warning' : 'success'}
        showIcon
        role="status"
        title={`「${name}」${sentenceOf(answer)}`}
        description={
          inVain
            ? '新建的申请按规定都没有应得的补贴，原因见各申请；请核对是否选对政策和文件。'
            : fresh.length > 0 && '各申请的收款账户由本部门在下达资金前登记。'
        }
        action={
          applications.length > 0 && (
            <Link to={batchOf(applications[0]!)}>
              <Button>查看该批申请</Button>
            </Link>
          )
        }
      />
      {warnings.length > 0 && <Warnings warnings={warnings} />}
      {errors.length > 0 && <FaultTable faults={errors} kind={kind} fileName={name} />}
      {applications.length > 0 && <ImportedTable items={applications} />}
      {applications.length === 0 && errors.length === 0 && (
        <p className="hint-line">请检查文件是否为{FILES[kind].label}，表头以下是否有数据；模板中的示例行不计。</p>
      )}
    </>
  );
}

const counted = (count: number): string => count.toLocaleString('zh-CN');

const batchOf = ({ scheme, year, batchNo }: Imported['applications'][number]) =>
  `/subsidies?${new URLSearchParams({ view: 'all', scheme, year: `${year}`, batchNo: `${batchNo}` })}`;

/** How many rows, what they became, and what was left, in words. */
function sentenceOf({ rowsRead, rowsRefused, created, applications }: Imported): string {
  if (rowsRead === 0) return '没有数据行，没有新建补贴申请。';
  const fresh = applications.filter(({ isNew }) => isNew);
  const before = applications.length - created;
  return [
    `读取 ${counted(rowsRead)} 行，`,
    created > 0 ? `新建 ${created} 份补贴申请（${verdictOf(fresh)}）` : '没有新建补贴申请',
    before > 0 ? `，${before} 份此前已有，不重复新建` : '',
    rowsRefused > 0 ? `，${counted(rowsRefused)} 行没有接收` : '',
    '。',
  ].join('');
}

/** What the new ones may expect, and how many of them nothing, by what stands against them. */
function verdictOf(fresh: ImportedItem[]): string {
  const by = Map.groupBy(fresh, prospectOf);
  const hopeful = by.get('granted') ?? [];
  const demand = formatYuan(sum(hopeful.map((one) => money(one.demand))));
  return [
    ...(hopeful.length > 0 ? [`${hopeful.length} 份按规定应得合计 ${demand} 元`] : []),
    ...(['nothing', 'refused'] as const).flatMap((prospect) => {
      const count = by.get(prospect)?.length ?? 0;
      return count > 0 ? [`${count} 份${PROSPECTS[prospect][0]}`] : [];
    }),
  ].join('，');
}
