import type { Clause } from '../clause.ts';
import type { Folder } from '../folder.ts';
import { registration } from '../kinds/registration.ts';
import { standing } from '../kinds/standing.ts';
import type { Scheme, SchemeLine } from '../scheme.ts';
import { exampleHands } from './subsidy-hands.ts';
import { exampleWay } from './subsidy-way.ts';

const UNSEEN = '该文件公开内容未见此项';
const CASE_DAY = '2026-03-05';

const WAY = ['papers', 'pledge', 'batches', 'clocks', 'panel', 'publicity', 'budget', 'clawback'] as const;
type Way = (typeof WAY)[number];
/** What a document says itself; what is left out comes from the examples. */
export interface KnownScheme
  extends Pick<Scheme, 'holder' | 'gate' | 'lines' | 'caps'>,
    Partial<Pick<Scheme, Way | 'standing'>> {
  /** The region in which an enterprise must be registered: its names, and places in it. */
  region: { names: string[]; places: string[]; elsewhere: string; citation?: Parameters<Folder['since']>[1] };
}

/** A scheme by what its document says, with example values for all that its way to the money needs beside it. */
export function schemeOf(folder: Folder, known: KnownScheme): Scheme {
  const way: Pick<Scheme, Way> = { ...exampleWay(folder), ...exampleHands(folder), ...defined(known) };
  const rules = {
    registration: registered(folder, known.region),
    holder: known.holder,
    gate: known.gate,
    standing: known.standing ?? exampleStanding(folder),
    caps: known.caps,
  };
  const ofLines = Object.values<SchemeLine>(known.lines).flatMap((line) => Object.values<Clause>({ ...line }));
  return {
    code: folder.code,
    document: folder.document,
    clauses: [
      ...Object.values<Clause | undefined>(rules).filter((clause) => clause !== undefined),
      ...[...ofLines, ...WAY.map((name): Clause => way[name])],
    ],
    ...rules,
    lines: known.lines,
    ...way,
  };
}

function defined(known: KnownScheme): Partial<Pick<Scheme, Way>> {
  const own = WAY.filter((name) => known[name]);
  return Object.fromEntries(own.map((name) => [name, known[name]]));
}

function registered({ code, since, unseen }: Folder, { names, places, elsewhere, citation }: KnownScheme['region']) {
  const clause = registration({
    id: `${code}.registration`,
    title: '登记地',
    versions: since(
      { region: names, places, inPoolRegion: false },
      citation ?? unseen('F', `面向${names[0]}内登记的企业；条款序号未见`),
    ),
    cases: [
      {
        says: `登记在${places[0]}的企业可以申报`,
        on: CASE_DAY,
        input: { registeredAt: places[0]! },
        expected: true,
      },
      {
        says: `登记在${elsewhere}的企业不可以申报`,
        on: CASE_DAY,
        input: { registeredAt: elsewhere },
        expected: false,
      },
    ],
  });
  return { ...clause, resolvedBy: 'askedOn' as const };
}

function exampleStanding({ code, since, unseen }: Folder): Scheme['standing'] {
  const clause = standing({
    id: `${code}.standing`,
    title: '守法和信用',
    versions: since(
      {
        barred: [
          { code: 'majorBreach', label: '近两年发生严重违法行为' },
          { code: 'seriousDishonesty', label: '列入严重违法失信名单' },
        ],
      },
      unseen('A', `${UNSEEN}，近两年无严重失信、违法行为为示例`),
    ),
    cases: [
      {
        says: '列入严重违法失信名单的，不得申报',
        on: CASE_DAY,
        input: { majorBreach: false, seriousDishonesty: true },
        expected: { barred: ['seriousDishonesty'], unknown: [] },
      },
    ],
  });
  return { ...clause, resolvedBy: 'askedOn' as const };
}
