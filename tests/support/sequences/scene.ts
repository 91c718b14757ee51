import { readFileSync } from 'node:fs';
import type pg from 'pg';
import type { Actor, Context } from '../../../src/access/context.ts';
import type { Role } from '../../../src/access/roles.ts';
import { attach } from '../../../src/attachments/service.ts';
import { CLAIM_PAPERS } from '../../../src/compensation/papers-service.ts';
import type { Db } from '../../../src/db/client.ts';
import type { AttachmentStore } from '../../../src/files/attachments.ts';
import { fromFen } from '../../../src/money/fen.ts';
import { Exact, toWire } from '../../../src/money/money.ts';
import { addPartnership, createInstitution } from '../../../src/parties/institution-service.ts';
import { recordContribution } from '../../../src/pool/contribution-service.ts';
import { createPool } from '../../../src/pool/service.ts';
import { DAYS, PAPERS } from '../claims.ts';
import { book, books } from './model.ts';

/** Where sequences are played: the services on a database with the two units that pay into pools, with a clock. */
export interface Stage {
  db: Db;
  pool: pg.Pool;
  attachments: AttachmentStore;
  contextOf(actor?: Actor): Context;
  /** Sets the business day. */
  on(day: string): void;
  /** somebody new of a role */
  hire(role: Role, institution?: string): Promise<Actor>;
}

/** A stage with people on it, a bank of its own and a pool under each document. */
export interface Scene extends Stage {
  people: Record<'bank' | 'county' | 'first' | 'second' | 'finance' | 'other', Actor>;
  bank: string;
  pools: string[];
  enterprise: string;
}

/** The same pool under documents of different structure: nothing else differs between them. */
export const POLICIES = [
  'ningkedai-2025',
  'xiamen-kexindai',
  'henan-2025',
  'zhuhai-2022',
  'anhui-2022',
  'tech-guarantee-plan-2024',
];
const CONTRIBUTIONS = { 'pingluo-st': '1000000.37', 'ningxia-st': '700000.11', 'second-county': '300000.07' };

export const as = ({ contextOf, people }: Scene, who: keyof Scene['people']): Context => contextOf(people[who]);

/** Wire text of so many fen. */
export const fen = (n: number): string => toWire(fromFen(BigInt(n)));

/** Sets the scene: a bank, and pools under each of the documents with three contributors. `no` tells scenes of one stage apart. */
export async function setScene(stage: Stage, no: number, enterprise: string): Promise<Scene> {
  stage.on('2026-01-06');
  const institution = (code: string, name: string, kind: 'partnerBank' | 'cooperatingUnit') =>
    createInstitution(stage.contextOf(), { code, name, kind });
  if (no === 0) await institution('second-county', '第二合作单位', 'cooperatingUnit');
  const bank = `sequence-bank-${no}`;
  await institution(bank, `示例银行 ${no}`, 'partnerBank');
  const finance = await stage.hire('finance');
  const pools = POLICIES.map((_, i) => `pool-${no}-${i}`);
  for (const [i, code] of pools.entries()) {
    const account = { accountNo: `64022001${no}0${i}`, accountName: '平罗县科学技术局', bankName: '示例银行' };
    await createPool(stage.contextOf(), {
      ...{ code, name: `资金池 ${no} ${POLICIES[i]}`, programme: '宁科贷', policyCode: POLICIES[i]! },
      ...{
        regions: ['石嘴山市平罗县'],
        cooperatingUnit: 'pingluo-st',
        matchingUnit: 'ningxia-st',
        accounts: [account],
      },
    });
    const partnership = { poolCode: code, validFrom: '2026-01-01', document: '合作协议' };
    await addPartnership(stage.contextOf(), bank, partnership);
    books.set(code, new Map());
    for (const [contributor, amount] of Object.entries(CONTRIBUTIONS)) {
      const input = { poolCode: code, contributor, amount, receivedOn: '2026-01-06', receiptNo: `IN-${contributor}` };
      await recordContribution(stage.contextOf(finance), input);
      book(code, '1002', new Exact(amount));
      book(code, `2901 ${contributor}`, new Exact(amount));
    }
  }
  const people = {
    ...{ finance, other: await stage.hire('finance'), bank: await stage.hire('bank', bank) },
    county: await stage.hire('countyReviewer', 'pingluo-st'),
    first: await stage.hire('regionalReviewer', 'ningxia-st'),
    second: await stage.hire('regionalReviewer', 'ningxia-st'),
  };
  stage.on(DAYS.filed);
  return { ...stage, people, bank, pools, enterprise };
}

const paper = (code: string) =>
  new Uint8Array(readFileSync(new URL(`../../../prisma/demo/papers/${code}.pdf`, import.meta.url)));

/**
 * The papers of a claim: handed in through the service for the first one of a scene, whose rows the others then share, since seven uploads for each
 * would take as long as everything else that happens to it.
 */
export async function handPapers(scene: Scene, id: bigint, like: bigint | null): Promise<void> {
  if (like !== null) {
    await scene.pool.query(
      `INSERT INTO attachment (sha256, name, media_type, size, subject, paper, pool_code, bank_code, uploaded_by, uploaded_on)
       SELECT a.sha256, a.name, a.media_type, a.size, 'claim:' || c.id, a.paper, c.pool_code, c.bank_code, a.uploaded_by, a.uploaded_on
         FROM attachment a, claim c WHERE a.subject = $1 AND c.id = $2`,
      [`claim:${like}`, `${id}`],
    );
    return;
  }
  for (const code of PAPERS) {
    const file = { subject: `claim:${id}`, paper: code, name: `${code}.pdf`, bytes: paper(code) };
    await attach(as(scene, 'bank'), { claim: CLAIM_PAPERS }, scene.attachments, file);
  }
}
