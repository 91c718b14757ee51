import type { Signer } from '../../src/files/signing-key.ts';
import { sha256 } from '../../verify/report.ts';
import type { Files } from './archive.ts';

/** A change to the files of an archive, made by somebody who holds them and not the database. */
export type Edit = (files: Files) => void;

// biome-ignore lint/suspicious/noExplicitAny: lines of every shape
type Line = any;

/** Changes the lines of a file, each as its value. */
const lines =
  (path: string, change: (lines: Line[]) => Line[]): Edit =>
  (files) => {
    const before = files.get(path)!.toString().split('\n').filter(Boolean);
    const after = change(before.map((line) => JSON.parse(line)));
    files.set(path, Buffer.from(after.map((line) => `${JSON.stringify(line)}\n`).join('')));
  };

/** Changes one line of a file: the first of which `which` is true. */
const line = (path: string, change: (line: Line) => void, which: (line: Line) => boolean = () => true): Edit =>
  lines(path, (all) => {
    change(all.find(which));
    return all;
  });
/** The lines of a bank statement that has several. */
const bankLinesOf = (files: Files): string =>
  [...files.keys()].find((path) => path.startsWith('bank/lines/') && files.get(path)!.length > 800)!;
const bankLines =
  (change: (lines: Line[]) => Line[]): Edit =>
  (files) =>
    lines(bankLinesOf(files), change)(files);
const manifest =
  (change: (manifest: Line) => void): Edit =>
  (files) => {
    const value = JSON.parse(files.get('manifest.json')!.toString());
    change(value);
    files.set('manifest.json', Buffer.from(JSON.stringify(value)));
  };
const drop =
  (prefix: string): Edit =>
  (files) =>
    void files.delete([...files.keys()].find((path) => path.startsWith(prefix))!);
const append =
  (prefix: string, text: string): Edit =>
  (files) => {
    const path = [...files.keys()].find((name) => name.startsWith(prefix))!;
    files.set(path, Buffer.concat([files.get(path)!, Buffer.from(text)]));
  };
/** Changes the text of a settlement statement of the pool, which is a text within its line. */
const statement = (change: (view: Line) => void): Edit =>
  line(
    'settlement/statements.jsonl',
    (row) => {
      const view = JSON.parse(row.record.statement);
      change(view);
      row.record.statement = JSON.stringify(view);
    },
    ({ record }) => record.partyKind === 'pool' && record.period === '2026-03',
  );

/** Of the first statement one line came with one of the year before. */
export const overlapYearBefore: Edit = (files) => {
  const path = [...files.keys()].find((name) => name.startsWith('bank/lines/'))!;
  const [, id] = /(\d+)\.jsonl$/.exec(path)!;
  lines(path, (all) => all.slice(1))(files);
  line(
    'bank/statements.jsonl',
    ({ record }) => {
      record.newLines -= 1;
    },
    ({ record }) => `${record.id}` === id,
  )(files);
};

/** Changes two matches of one line of the bank with one of the ledger. */
const matches = (change: (two: Line[]) => void): Edit =>
  lines('bank/matches.jsonl', (all) => {
    change(all.filter(isPair).slice(0, 2));
    return all;
  });
const isPair = ({ record }: Line): boolean => record.lines.length === 1 && record.legs.length === 1;
const isResolved = ({ record }: Line): boolean => record.status === 'resolved';
const resolvedBy =
  (field: string) =>
  ({ record }: Line): void => {
    record.decidedBy = record[field];
  };

/** By check of the verifier an edit that it finds; the manifest is made to fit and signed anew after each. */
export const EDITS: Record<string, Edit> = {
  'file.line': append('audit/strays', '{"id":'),
  'chain.begin': manifest(({ ledger }) => {
    ledger.before = '0'.repeat(64);
  }),
  'chain.gap': lines('ledger/entries.jsonl', (all) => all.filter((_, i) => i !== 4)),
  'chain.hash': line('ledger/entries.jsonl', ({ entry }) => {
    entry[6] = '另一摘要';
  }),
  'chain.end': lines('ledger/entries.jsonl', (all) => all.slice(0, -1)),
  'chain.head': manifest(({ ledger }) => {
    ledger.head = 'f'.repeat(64);
  }),
  'chain.printed': line('settlement/settlements.jsonl', ({ record }) => {
    record.ledgerHead = 'f'.repeat(64);
  }),
  'entry.book': line('ledger/entries.jsonl', ({ entry }) => {
    entry[0] = 'yinchuan';
  }),
  'entry.reference': lines('ledger/entries.jsonl', (all) => {
    all[1].entry[2] = all[0].entry[2];
    return all;
  }),
  'entry.orphan': append('ledger/orphans', '{"seq":3,"lineNo":1,"amount":"1.00"}\n'),
  'entry.lines': line('ledger/entries.jsonl', ({ lines: places }) => {
    places[1][0] = 3;
  }),
  'entry.date': line('ledger/entries.jsonl', ({ lines: places }) => {
    places[0][1] = '2026-01-01';
  }),
  'entry.account': line('ledger/entries.jsonl', ({ lines: places }) => {
    places[0][2] = 'yinchuan';
  }),
  'entry.amount': line('ledger/entries.jsonl', ({ entry }) => {
    entry[14][0] = '0.00';
  }),
  'entry.balance': line('ledger/entries.jsonl', ({ entry }) => {
    entry[14][0] = '1.23';
  }),
  'account.closing': line('ledger/accounts.jsonl', (account) => {
    account.closing = '1.00';
  }),
  'account.balance': line('ledger/accounts.jsonl', (account) => {
    account.balance = '1.00';
  }),
  'account.missing': lines('ledger/accounts.jsonl', (all) => all.slice(1)),
  'audit.missing': line('audit/chain.jsonl', (link) => {
    link.item = null;
  }),
  'audit.stray': append('audit/strays', '{"id":9,"action":"claim.pay","subject":"claim:1"}\n'),
  'record.stray': line('documents/documents.jsonl', (row) => {
    row.subject = 'document:pingluo:none';
  }),
  'record.hash': line('documents/documents.jsonl', ({ record }) => {
    record.number = '伪造';
  }),
  'record.again': lines('audit/chain.jsonl', (all) => {
    const kept = all.find(({ item }) => item[0] === 'evidence' && item[4].startsWith('settlementStatement:pingluo:'));
    return [...all, { hash: kept.hash, item: kept.item.with(1, all.at(-1).item[1] + 1).with(5, 'f'.repeat(64)) }];
  }),
  'record.missing': lines('documents/documents.jsonl', (all) => all.slice(1)),
  'bank.file': append('bank/files/', '\n'),
  'bank.line': bankLines((all) => {
    all[0].line[12] = '另一摘要';
    return all;
  }),
  'bank.order': (files) => {
    const path = bankLinesOf(files);
    const [first, second, ...rest] = files.get(path)!.toString().split('\n');
    files.set(path, Buffer.from([second, first, ...rest].join('\n')));
  },
  'bank.row': bankLines((all) => {
    all[0].line[13] = 1;
    return all;
  }),
  'bank.serial': bankLines((all) => {
    all[0].serial = '伪造';
    return all;
  }),
  'bank.stated': line(
    'bank/statements.jsonl',
    ({ record }) => {
      record.opening = '1.23';
    },
    ({ record }) => record.format === 'mt940',
  ),
  'bank.count': bankLines((all) => all.slice(1)),
  'bank.balance': bankLines((all) => {
    all[1].line[8] = '1.00';
    return all;
  }),
  'bank.closing': line('bank/statements.jsonl', ({ record }) => {
    record.closing = '1.00';
  }),
  'bank.opening': lines('bank/statements.jsonl', (all) => {
    all[1].record.opening = '1.00';
    return all;
  }),
  'bank.bridge': line('bank/reconciliations.jsonl', ({ record }) => {
    record.unexplained = '1.00';
  }),
  'bank.run': line(
    'bank/reconciliations.jsonl',
    ({ record }) => {
      record.bankClosing = '1.00';
      record.ledgerClosing = '1.00';
    },
    ({ record }) => record.period === '2026-10',
  ),
  'match.line': line('bank/matches.jsonl', ({ record }) => record.lines.push(999_999)),
  'match.leg': line('bank/matches.jsonl', ({ record }) => record.legs.push([2, 9])),
  'match.sum': line('bank/matches.jsonl', ({ record }) => record.legs.pop(), isPair),
  'match.twice': matches(([first, second]) => {
    first.record.lines = second.record.lines;
  }),
  'difference.amount': line('bank/differences.jsonl', ({ record }) => {
    record.amount = '1.23';
  }),
  'difference.people': line('bank/differences.jsonl', resolvedBy('proposedBy'), isResolved),
  'difference.decision': line('bank/differences.jsonl', resolvedBy('poolCode'), isResolved),
  'difference.unlogged': lines('bank/differences.jsonl', (all) => {
    const last = all.findLast(isResolved);
    return [...all, { ...last, seal: last.seal + 1 }];
  }),
  'policy.earlier': append('policies/earlier', '{"seal":999999,"subject":"lprQuote:-:2025-01","record":{}}\n'),
  'policy.version': line(
    'policies/clauses.jsonl',
    (clause) => {
      clause.versions[0].added = true;
    },
    (clause) => clause.versions.length > 0,
  ),
  'policy.table': lines('policies/lpr.jsonl', (all) => all.map((quote) => ({ ...quote, oneYear: '9.00' }))),
  'settlement.closing': statement(({ sections }) => {
    sections[0].closing = '1.00';
  }),
  'settlement.lines': statement(({ sections }) => {
    sections[0].lines.push({ name: '伪造', amount: '1.00' });
  }),
  'settlement.opening': statement(({ sections }) => {
    sections[0].opening = '1.00';
  }),
  'settlement.ledger': statement(({ sections }) => {
    sections[0].closing = '1.00';
  }),
  unreadable: line('settlement/statements.jsonl', ({ record }) => {
    record.statement = '{';
  }),
  'document.pdf': (files) => {
    const path = [...files.keys()].find((name) => name.endsWith('.pdf'))!;
    files.set(path, Buffer.from('%PDF-1.7 伪造'));
  },
};

/** By check an edit after which the manifest is left as it was, or made by another. */
export const UNSIGNED: Record<string, Edit> = {
  manifest: (files) => void files.set('manifest.json', Buffer.from('{"format":"other"}')),
  signature: manifest((value) => {
    value.year = 2025;
  }),
  'file.missing': drop('documents/'),
  'file.hash': append('policies/clauses', '{}\n'),
  'file.extra': (files) => void files.set('extra.txt', Buffer.from('x')),
};

/** Makes the manifest fit the files and signs it: whoever does that holds the key. */
export function signAnew(files: Files, signer: Signer): void {
  const value = JSON.parse(files.get('manifest.json')!.toString());
  value.files = [...files]
    .filter(([path]) => path !== 'manifest.json' && path !== 'signature.json')
    .map(([path, content]) => ({ path, bytes: content.length, sha256: sha256(content).toString('hex') }));
  const bytes = Buffer.from(JSON.stringify(value));
  files.set('manifest.json', bytes);
  const { publicKey } = signer;
  files.set(
    'signature.json',
    Buffer.from(JSON.stringify({ algorithm: 'Ed25519', publicKey, signature: signer.sign(bytes) })),
  );
}

/** An archive as it was made before there were matches, differences, subsidies and earlier policies in it. */
export const formatOne: Edit = (files) => {
  for (const path of files.keys())
    if (/^bank\/(matches|undoings|differences|comments|loan-)|^subsidies\/|^policies\/earlier/.test(path))
      files.delete(path);
  manifest((value) => {
    value.format = 'ningkedai-archive/1';
  })(files);
};

/** An archive of a format that there is not yet. */
export const formatThree: Edit = manifest((value) => {
  value.format = 'ningkedai-archive/3';
});

/** Of what a year takes from earlier ones something is changed. */
export const changeEarlier: Edit = (files) => {
  const path = 'policies/earlier.jsonl';
  files.set(path, Buffer.from(files.get(path)!.toString().replace('"record":{"', '"record":{"0":0,"')));
};

/** The chains begin elsewhere than the year before ended. */
export const beginElsewhere: Edit = manifest(({ ledger, audit }) => {
  ledger.before = 'e'.repeat(64);
  audit.before = 'e'.repeat(64);
});
