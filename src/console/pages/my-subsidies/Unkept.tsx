import { Alert } from 'antd';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';
import type { Offer } from '../subsidy-form/types.ts';

const PREFIX = 'subsidy:new-';

/** Forms that were begun and are not an application yet, so that one finds back to them. */
export function Unkept({ offers }: { offers: Offer[] }) {
  const { data } = useAsk(['drafts', PREFIX], () => ask(api.drafts.$get({ query: { prefix: PREFIX } })));
  const begun = offers.filter(({ scheme }) => data?.items.some(({ key }) => key === `${PREFIX}${scheme}`));
  return begun.map(({ scheme, title }) => (
    <Alert
      key={scheme}
      type="info"
      showIcon
      title={`「${title}」的申请填到一半，已自动保存。`}
      action={<Link to={`/my/subsidies/new?scheme=${scheme}`}>接着填</Link>}
    />
  ));
}
