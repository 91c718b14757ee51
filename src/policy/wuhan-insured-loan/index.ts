import { schemeOf } from '../defaults/subsidy.ts';
import { titleHolder } from '../defaults/subsidy-holder.ts';
import { subsidyCaps } from '../kinds/subsidy-caps.ts';
import { folder } from './document.ts';
import { interest } from './lines.ts';

const caps = subsidyCaps({
  id: `${folder.code}.caps`,
  title: '补贴限额',
  versions: folder.since(
    { caps: [], withOtherMoneyPercent: '100' },
    folder.unseen('A', '补贴不超过实际支付的利息和保费为示例'),
  ),
  cases: [
    {
      says: '定额 20 万元，实际只付了 18 万元利息和保费，补 18 万元',
      on: '2019-08-08',
      input: { lines: [{ kind: 'interest', cost: '180000.00', amount: '200000.00' }] },
      expected: ['180000.00'],
    },
  ],
});

/** 武汉科保贷: fixed sums by the amount of the loan in 2019, pro rata by month and nothing below the LPR in 2024. */
export const wuhanInsuredLoan = schemeOf(folder, {
  region: {
    names: ['湖北省武汉市', '武汉市'],
    places: ['东湖高新区', '江汉区', '武昌区', '洪山区'],
    elsewhere: '湖北省黄冈市',
  },
  holder: titleHolder(
    folder,
    ['registeredTech', 'techSme', 'nationalHighTech'],
    folder.unseen('F', '科技型企业以主管部门核实备案的名单为准'),
    { on: 'signedOn' },
  ),
  caps,
  lines: { interest },
});
