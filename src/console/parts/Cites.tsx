import { Tag, Tooltip } from 'antd';
import type { Cite } from '../api.ts';

/** 依据: each article a figure or verdict rests on; 「示例参数」 where nobody has confirmed it. */
export function Cites({ cites }: { cites: Cite[] }) {
  if (cites.length === 0) return null;
  const unique = [...new Map(cites.map((cite) => [`${cite.document}${cite.article}`, cite])).values()];
  return (
    <span className="cites">
      {unique.map((cite) => (
        <span key={`${cite.document}${cite.article}`}>
          <Tooltip title={cite.source}>
            <Tag variant="outlined">
              {cite.document} {cite.article}
            </Tag>
          </Tooltip>
          {!cite.confirmed && <SampleMark />}
        </span>
      ))}
    </span>
  );
}

/** 示例参数 */
export function SampleMark() {
  return (
    <Tooltip title="示例参数，未经主管部门核实">
      <Tag color="gold">示例参数</Tag>
    </Tooltip>
  );
}
