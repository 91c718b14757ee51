import type { Context } from '../access/context.ts';
import { letter, sendMail } from '../access/mail.ts';
import type { Tx } from '../db/client.ts';
import type { PaperRow } from './papers-facts-service.ts';

/** What an enterprise is written at an event: the subject and the sentence. Amounts, reasons and accounts are read after login, not in a letter. */
const LETTERS: Record<string, { subject: string; says: string }> = {
  returned: { subject: '补贴申请已退回补正', says: '已退回补正，请登录查看原因，修改后重新提交' },
  refused: { subject: '补贴申请未予通过', says: '经审核不予补贴，请登录查看《不予补贴告知书》' },
  published: { subject: '补贴申请已核定并公示', says: '已经核定，正在公示，请登录查看核定金额' },
  approved: { subject: '补贴申请已获批准', says: '已获批准，请登录查看《补贴决定书》' },
  supplemented: { subject: '补贴金额有变动', says: '补贴金额有变动，请登录查看决定' },
  deferred: {
    subject: '补贴申请转下一年度',
    says: '因当年预算不足，未安排的部分转下一年度办理，不必重新申报，请登录查看',
  },
  paid: { subject: '补贴资金已拨付', says: '补贴资金已经拨付，请登录查看金额，并核对是否到账' },
  returnedByBank: { subject: '补贴资金被银行退回', says: '补贴资金被银行退回，请登录核对收款账户，并与主管部门联系' },
  clawbackOrdered: { subject: '补贴追回决定', says: '已作出追回决定，请登录查看《补贴追回决定书》' },
};

/** Writes to the people of these enterprises who have a login, in the transaction. @returns how many letters there are */
export async function notify(tx: Tx, ctx: Context, event: string, rows: readonly PaperRow[]): Promise<number> {
  const about = LETTERS[event];
  if (!about) return 0;
  const people = await tx.user.findMany({
    where: { role: 'enterprise', disabledAt: null, enterpriseUscc: { in: rows.map((row) => row.enterpriseUscc) } },
    select: { email: true, enterpriseUscc: true },
    orderBy: { id: 'asc' },
  });
  let sent = 0;
  for (const row of rows) {
    for (const { email } of people.filter(({ enterpriseUscc }) => enterpriseUscc === row.enterpriseUscc)) {
      await sendMail(tx, ctx, {
        ...{ to: email, subject: `宁科贷：${about.subject}` },
        text: letter(row.enterpriseName, [
          `贵单位 ${row.year}年第${row.batchNo}批补贴申请（受理顺序号 ${row.receivedNo}）${about.says}：`,
          `${ctx.publicUrl}/console/my/subsidies/${row.id}`,
        ]),
      });
      sent += 1;
    }
  }
  return sent;
}
