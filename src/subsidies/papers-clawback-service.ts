import type { Context } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import { issue } from '../documents/service.ts';
import { longDate } from '../documents/wording.ts';
import type { Citation } from '../errors.ts';
import { SUBSIDY_KINDS, type SubsidyKind } from '../policy/kinds/subsidy-line.ts';
import { CLAWBACK_GROUNDS, type ClawbackGround, isLive } from './clawback.ts';
import type { Ban } from './facts.ts';
import { applicationOf, headOf, type PaperFacts, type PaperRow, roundSubject } from './papers-facts-service.ts';
import { remedy, sentence } from './papers-words.ts';

/** The subject of the paper of one clawback. */
export const clawbackSubject = (application: bigint, id: string): string => `subsidy:${application}:clawback:${id}`;

/** 补贴追回决定书 of what was ordered back of an application, to the enterprise; what has one keeps it. */
export async function issueClawbacks(tx: Tx, ctx: Context, row: PaperRow, facts: PaperFacts): Promise<void> {
  const all = await tx.subsidyClawback.findMany({ where: { applicationId: row.id }, orderBy: { id: 'asc' } });
  const decision = await tx.document.findUnique({
    where: { kind_subject: { kind: 'subsidyDecision', subject: roundSubject(row.id, 1) } },
    select: { number: true },
  });
  for (const clawback of all.filter(({ status }) => isLive(status) && status !== 'proposed')) {
    const line = row.lines.find(({ id }) => id === clawback.lineId)!;
    const budget = await tx.subsidyBudget.findUniqueOrThrow({ where: { code: clawback.budgetCode } });
    const ban = clawback.ban as unknown as Ban | null;
    const ground = CLAWBACK_GROUNDS[clawback.ground as ClawbackGround];
    const amount = clawback.amount.toFixed(2);
    const cites = [...(clawback.cites as unknown as Citation[]), ...(ban ? [ban.citation] : [])];
    const head = { schemeCode: row.schemeCode, issuer: facts.authority, on: dateFromDb(clawback.decidedOn!) };
    await issue(tx, ctx, {
      ...{ kind: 'subsidyClawback', subject: clawbackSubject(row.id, `${clawback.id}`), poolCode: row.poolCode },
      ...{ bankCode: null, enterpriseUscc: row.enterpriseUscc },
      publicFacts: [
        { label: '企业名称', value: row.enterpriseName },
        { label: '追回金额', value: amount },
      ],
      view: {
        ...headOf('补贴追回决定书', head, cites),
        ...{ addressee: row.enterpriseName, application: applicationOf(row), decisionNumber: decision?.number },
        item: `${SUBSIDY_KINDS[line.kind as SubsidyKind]}：${line.name}`,
        ...{ paid: line.granted!.toFixed(2), amount, ground, facts: [sentence(clawback.reason)] },
        demands: [clawback.ground === 'voluntary' ? GIVEN_BACK : DEMAND, ...(ban ? [banSentence(ban)] : [])],
        account: { name: budget.accountName, bank: budget.bankName, number: budget.accountNo },
        remedy: remedy('决定书'),
      },
    });
  }
}

const DEMAND = '请在收到本决定书后及时将上述款项足额退回下列账户，并在汇款附言中注明本决定书文号。';
const GIVEN_BACK =
  '上述款项你单位已经退回的，不必再次汇款；尚未退回的，请退回下列账户，并在汇款附言中注明本决定书文号。';

const banSentence = ({ until, allSchemes, title }: Ban): string =>
  `自本决定作出之日起，${longDate(until)}以前不得申报${allSchemes ? '各项补贴' : `${title}规定的补贴`}。`;
