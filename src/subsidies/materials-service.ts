import type { Context } from '../access/context.ts';
import type { Owner, Owners } from '../attachments/service.ts';
import { type AttachmentView, attachmentsOf } from '../attachments/store.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { valueOn } from '../policy/clause.ts';
import { schemeByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { OTHER_MATERIAL, type WantedMaterial, wantedMaterials } from './materials.ts';
import type { ApplicationRequest } from './request.ts';
import { APPLICATION_STATUSES, type ApplicationStatus, isPrepared } from './steps.ts';

/** 申报材料: one that an application must have, and what was handed in for it. */
export interface Material extends WantedMaterial {
  attachments: Pick<AttachmentView, 'id' | 'name' | 'size' | 'mediaType' | 'uploadedOn'>[];
}

interface Held {
  poolCode: string | null;
  enterpriseUscc: string;
  status: ApplicationStatus;
  schemeCode: string;
  request: ApplicationRequest;
  appliedOn: LocalDate | null;
}

/** An application as the owner of its attachments: papers of its scheme's clause, while it is drafted or sent back. A draft is its enterprise's own. */
async function applicationAsOwner(tx: Tx, ctx: Context, id: string): Promise<Owner | null> {
  if (!/^[1-9]\d{0,17}$/.test(id)) return null;
  const [row] = await tx.$queryRaw<Held[]>`
    SELECT pool_code AS "poolCode", enterprise_uscc AS "enterpriseUscc", status, scheme_code AS "schemeCode", request, applied_on::text AS "appliedOn"
      FROM subsidy_application WHERE id = ${BigInt(id)} FOR UPDATE`;
  if (!row || (row.status === 'draft' && !['enterprise', 'system'].includes(ctx.actor.role))) return null;
  const { poolCode, enterpriseUscc, status, request } = row;
  const closed = isPrepared(status) ? null : `该申请为「${APPLICATION_STATUSES[status]}」，不能再增减附件`;
  const value = await papersClause(tx, row.schemeCode, row.appliedOn ?? ctx.today);
  const papers = [...wantedMaterials(value, request).filter(({ answered }) => answered === null), OTHER_MATERIAL];
  return { poolCode, bankCode: null, enterpriseUscc, closed, papers };
}

/** Who hands in an application's papers and who looks at them. */
export const APPLICATION_PAPERS: Owners[string] = {
  ...{ find: applicationAsOwner, read: 'subsidy.read', write: 'subsidy.apply' },
};

/** The papers of an application with what was handed in for each; what was handed in besides stands last. @param id null: nothing is kept yet */
export async function materialsOf(
  tx: Tx,
  id: bigint | null,
  { request, on }: { request: ApplicationRequest; on: LocalDate },
): Promise<Material[]> {
  const value = await papersClause(tx, request.scheme, on);
  const handed = id === null ? [] : await attachmentsOf(tx, `subsidyApplication:${id}`);
  const besides = { ...OTHER_MATERIAL, kinds: [], answered: null };
  return [...wantedMaterials(value, request), besides].map((material) => ({
    ...material,
    attachments: handed
      .filter((file) => file.paper === material.code)
      .map(({ id: file, name, size, mediaType, uploadedOn }) => ({ id: file, name, size, mediaType, uploadedOn })),
  }));
}

async function papersClause(tx: Tx, scheme: string, on: LocalDate) {
  const { papers } = schemeByCode(scheme);
  return valueOn(papers, on, (await rulebook(tx)).added).value;
}
