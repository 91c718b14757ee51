import { Alert, Tag } from 'antd';
import { checkUscc } from '../../../parties/uscc.ts';
import { api, ask, Problem } from '../../api.ts';
import { Cites } from '../../parts/Cites.tsx';
import { Money } from '../../parts/Money.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { Why } from '../../parts/Why.tsx';

/** What is known of the enterprise as soon as its code is typed: name, place, titles, and whether the pool's conditions are met. */
export function EnterpriseFacts({ uscc, poolCode }: { uscc: string | undefined; poolCode: string | undefined }) {
  const complete = uscc !== undefined && checkUscc(uscc).valid;
  const enterprise = useAsk(
    ['enterprises', uscc],
    () => ask(api.enterprises[':uscc'].$get({ param: { uscc: uscc! }, query: {} })),
    { enabled: complete },
  );
  const eligibility = useAsk(
    ['enterprises', uscc, 'eligibility'],
    () => ask(api.eligibility.$get({ query: { uscc: uscc! } })),
    { enabled: complete },
  );
  if (!complete) return null;
  if (enterprise.error instanceof Problem && enterprise.error.status === 404)
    return <Alert type="warning" showIcon title="企业库中没有这家企业，请先联系科技部门登记。" />;
  if (!enterprise.data) return null;
  const { name, registeredIn, titles } = enterprise.data;
  const programme = eligibility.data?.programmes.find((one) => one.poolCode === poolCode);
  const failed = programme?.clauses.filter(({ verdict }) => verdict === 'fail') ?? [];
  return (
    <div className="facts">
      <strong>{name}</strong>　{registeredIn}
      <div>
        {titles.map(({ kind, label, valid, validTo }) => (
          <Tag key={`${kind}${validTo}`} color={valid ? 'green' : undefined}>
            {label}
            {valid ? `（至 ${validTo}）` : '（已过期）'}
          </Tag>
        ))}
        {titles.length === 0 && '没有登记资质'}
      </div>
      {programme && (
        <div>
          本资金池单户上限 <Money value={programme.cap} withUnit />
          ，还可备案 <Money value={programme.left} withUnit />
          <Why of={programme.explanation} title="还可备案多少" />
        </div>
      )}
      {failed.map(({ clause, message, cites }) => (
        <Alert
          key={clause}
          type="error"
          title={
            <>
              {message}
              <Cites cites={cites} />
            </>
          }
        />
      ))}
    </div>
  );
}
