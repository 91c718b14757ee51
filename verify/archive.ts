import { createPublicKey, verify } from 'node:crypto';
import { checkBank } from './bank.ts';
import { checkLedger } from './ledger.ts';
import { checkMatching } from './matching.ts';
import { checkPolicies, type EarlierRecord } from './policies.ts';
import { checkAudit, checkRecords, type Evidence } from './records.ts';
import { type Check, type Finding, type Manifest, type PrintedHead, sha256 } from './report.ts';
import { checkDocuments, checkSettlements, printedHeads, readPapers } from './settlement.ts';
import type { Source } from './source.ts';

/** The formats this program reads; docs/archive.md describes them. The first has no matches, no differences, no subsidies and nothing of earlier years. */
const FORMATS = ['ningkedai-archive/1', 'ningkedai-archive/2'];

/** The records of a subsidy budget's book, and their files. */
const SUBSIDIES = {
  ...{ subsidyObjection: 'subsidies/objections', subsidyPayment: 'subsidies/payments' },
  ...{ subsidySupplement: 'subsidies/supplements', subsidyCorrection: 'subsidies/corrections' },
  ...{ subsidyClawback: 'subsidies/clawbacks', subsidyClawbackReceipt: 'subsidies/receipts' },
  ...{ subsidyRemittance: 'subsidies/remittances', subsidyBudgetChange: 'subsidies/changes' },
};

/** What the reader holds besides the archive: heads on paper, and the public key as it was published. */
export interface Known {
  heads: PrintedHead[];
  publicKey?: string;
}

/** What was verified: the archive's own words about itself, whose signature it carries, and everything that is wrong. */
export interface Verdict {
  manifest: Manifest | null;
  publicKey: string | null;
  findings: Finding[];
  /** the hashes of both chains by number, and the digests: what another year's archive goes on from */
  ledger: ReadonlyMap<number, string>;
  audit: ReadonlyMap<number, string>;
  evidence: ReadonlyMap<string, Evidence[]>;
  /** what it has of earlier years, whose digests stand in their archives */
  earlier: EarlierRecord[];
}

/** Verifies an archive by itself and by what is known from outside. */
export function verifyArchive(source: Source, known: Known): Verdict {
  const findings: Finding[] = [];
  const find = (finding: Finding) => void findings.push(finding);
  const bytes = source.read('manifest.json');
  const manifest = bytes ? manifestOf(bytes) : null;
  if (!bytes || !manifest) {
    find({
      check: 'manifest',
      file: 'manifest.json',
      text: bytes ? `目录不是本程序能读的格式（${FORMATS.join('、')}）；较新的档案请用较新的核验程序` : '没有目录',
    });
    return {
      manifest: null,
      publicKey: null,
      findings,
      ...{ ledger: NONE, audit: NONE, evidence: new Map(), earlier: [] },
    };
  }
  const publicKey = checkSignature(source, bytes, known.publicKey, find);
  const check: Check = { source, manifest, heads: [...known.heads], find };
  // What somebody garbled ends the part that reads it, and no other.
  const part = <T>(file: string, work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      const why = error instanceof Error ? error.message : `${error}`;
      find({ check: 'unreadable', file, text: `内容读不出，这一部分未能查完：${why}` });
    }
  };
  part('manifest.json', () => checkFiles(check));
  const papers = part('documents', () => readPapers(check)) ?? NO_PAPERS;
  check.heads.push(...(part('documents', () => printedHeads(manifest.book, papers)) ?? []));
  const ledger = part('ledger', () => checkLedger(check));
  const audit = part('audit', () => checkAudit(check));
  const evidence = audit?.evidence ?? new Map<string, Evidence[]>();
  const accounts = part('bank', () => checkBank(check, evidence)) ?? new Map();
  part('documents', () => checkDocuments(check, papers, evidence));
  part('settlement', () => checkSettlements(check, papers, ledger, evidence));
  const second = manifest.format !== FORMATS[0];
  if (second) {
    part('bank', () => checkMatching(check, audit ?? { evidence, acts: new Map(), joined: 0 }, accounts, ledger?.legs));
    for (const [kind, path] of Object.entries(SUBSIDIES))
      part('subsidies', () => checkRecords(check, kind, path, evidence));
  }
  const earlier = part('policies', () => checkPolicies(check, evidence, second)) ?? [];
  for (const { chain, from } of known.heads)
    if (chain !== manifest.book && chain !== 'audit')
      find({ check: 'head.unknown', file: from, text: `档案属于账套 ${manifest.book}，没有「${chain}」的链` });
  const chains = { ledger: ledger?.hashes ?? NONE, audit: audit?.hashes ?? NONE, evidence };
  return { manifest, publicKey, findings, ...chains, earlier };
}

const NONE: ReadonlyMap<number, string> = new Map();
const NO_PAPERS = { settlements: [], closings: [], statements: [], documents: [] };

function manifestOf(bytes: Buffer): Manifest | null {
  try {
    const manifest = JSON.parse(bytes.toString()) as Manifest;
    const { format, book, year, ledger, audit, files } = manifest;
    const parts = [ledger, audit].every(
      ({ from, to, before, head }) => from + to >= 0 && before.length + head.length === 128,
    );
    const listed = files.every(({ path, bytes: size, sha256: hash }) => path && size >= 0 && hash);
    return FORMATS.includes(format) && book && year && parts && listed ? manifest : null;
  } catch {
    return null;
  }
}

/** The signature over the manifest, and whether it is the service's. @returns the public key it was made with */
function checkSignature(
  source: Source,
  manifest: Buffer,
  known: string | undefined,
  find: (f: Finding) => void,
): string | null {
  const file = 'signature.json';
  const bytes = source.read(file);
  if (!bytes) {
    find({ check: 'signature', file, text: '没有签名' });
    return null;
  }
  const { publicKey, signature } = signatureOf(bytes);
  if (known && known.toLowerCase() !== publicKey)
    find({ check: 'signature.key', file, text: `签名的公钥 ${publicKey} 不是所给的公钥：不是本系统所签` });
  if (!isSigned(manifest, signature, publicKey))
    find({ check: 'signature', file, text: '签名不成立：目录在签名之后被改动' });
  return publicKey;
}

/** What a signature file says; of a garbled one nothing, which no key has signed. */
function signatureOf(bytes: Buffer): { publicKey: string; signature: string } {
  try {
    const { publicKey, signature } = JSON.parse(bytes.toString());
    return { publicKey: `${publicKey}`, signature: `${signature}` };
  } catch {
    return { publicKey: '', signature: '' };
  }
}

/** Ed25519 (RFC 8032); the key is wrapped as RFC 8410 has it. */
function isSigned(message: Buffer, signature: string, publicKey: string): boolean {
  try {
    const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(publicKey, 'hex')]);
    return verify(
      null,
      message,
      createPublicKey({ key: der, format: 'der', type: 'spki' }),
      Buffer.from(signature, 'hex'),
    );
  } catch {
    return false;
  }
}

/** A file's bytes; null for one that cannot be unpacked, which is found. */
function readOr(source: Source, path: string, find: Check['find']): Buffer | null | undefined {
  try {
    return source.read(path);
  } catch (error) {
    find({ check: 'file.packed', file: path, text: error instanceof Error ? error.message : `${error}` });
    return null;
  }
}

/** Every file is there, as the manifest says, and no other. */
function checkFiles({ source, manifest, find }: Check): void {
  const listed = new Set(['manifest.json', 'signature.json']);
  for (const { path, bytes, sha256: hash } of manifest.files) {
    listed.add(path);
    const content = readOr(source, path, find);
    if (content === null) continue;
    if (!content) find({ check: 'file.missing', file: path, text: '目录所列的文件缺失' });
    else if (content.length !== bytes || sha256(content).toString('hex') !== hash)
      find({ check: 'file.hash', file: path, text: '文件与目录所载的大小或 SHA-256 不符：被改动' });
  }
  for (const path of source.paths)
    if (!listed.has(path)) find({ check: 'file.extra', file: path, text: '目录中没有这个文件：被添入' });
}
