import { Descriptions } from 'antd';

/** A panel's decision as it is kept. */
type Decided = Record<'members' | 'recused' | 'substitutes', string[]> & { decidedOn: string };

/** 集体研究: who decided above the clause's amount, and who kept away. */
export function Panel({ panel: kept }: { panel: unknown }) {
  const panel = kept as Decided | null;
  if (!panel) return null;
  const names = (list: string[]) => (list.length > 0 ? list.join('、') : '无');
  return (
    <section aria-label="集体研究">
      <h2>集体研究</h2>
      <Descriptions
        bordered
        size="small"
        column={{ xs: 1, md: 2 }}
        items={[
          { key: 'on', label: '研究日期', children: panel.decidedOn },
          { key: 'members', label: '参加人员', children: names(panel.members) },
          { key: 'recused', label: '回避人员', children: names(panel.recused) },
          { key: 'substitutes', label: '候补人员', children: names(panel.substitutes) },
        ]}
      />
    </section>
  );
}
