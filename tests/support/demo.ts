import { KEYS } from '../../prisma/demo/parties.ts';
import { STORY } from '../../prisma/demo/story.ts';
import { actorOf } from '../../src/access/api-key.ts';
import { SYSTEM } from '../../src/access/context.ts';
import type { Role } from '../../src/access/roles.ts';
import type { Deps } from '../../src/http/app.ts';
import { startTestApp, type TestApp } from './app.ts';
import { toldOnce } from './told.ts';

/** A key of the demonstration: `name` tells two of the same role apart. */
interface Holder {
  role: Role;
  name: string;
  institution?: string;
  uscc?: string;
  key: string;
}

/**
 * The API with the demonstration's parties, pools, rates and enterprises, and its story told up to and including `until` (an ISO day; left out: only the
 * prologue). Call it once in `beforeAll` and share it; `tell` goes on from there, so that a file looks at one day after the other on one database.
 */
export async function startDemonstration(until?: string, more: Partial<Deps> = {}) {
  const told = until && !more.attachments ? await toldOnce(until, () => tellAndLeave(until)) : null;
  if (told) return onStage(await startTestApp(until!, more, told), told.holders, stepsUpTo(until!));
  const t = await prologue(more);
  if (until) await t.tell(until);
  return t;
}

/** Everything is there and nothing has happened yet. */
async function prologue(more: Partial<Deps>) {
  const t = await startTestApp(STORY.begins, more);
  await STORY.prologue({ ...t.contextOf(), today: STORY.begins });
  const holders: Holder[] = [];
  for (const { role, name, institution, uscc } of KEYS) {
    const key = await t.keyFor({ role, name, institutionCode: institution, enterpriseUscc: uscc });
    holders.push({ role, name, institution, uscc, key });
  }
  return onStage(t, holders, 0, more.attachments);
}

async function tellAndLeave(until: string) {
  const t = await prologue({});
  await t.tell(until);
  return { holders: t.holders, ...(await t.leave()) };
}

const stepsUpTo = (until: string): number => STORY.steps.filter(({ on }) => on <= until).length;

/** An app with those who act in the story, of which so many steps were told. */
function onStage(t: TestApp, holders: Holder[], told: number, papers = t.attachments) {
  /** The key of a role, of one institution where it matters; `second` for the other of two people. */
  const key = (role: Role, institution?: string, second = false): string => {
    const found = holders.filter(
      (h) => h.role === role && (institution === undefined || h.institution === institution),
    );
    const holder = found[second ? 1 : 0];
    if (!holder) throw new Error(`the demonstration has no key for ${role} ${institution ?? ''}`);
    return holder.key;
  };
  /** The holder of a key as use cases know them. */
  const actor = (role: Role, institution?: string, second = false) =>
    actorOf(t.db, key(role, institution, second).split('_')[1]!);

  /** Tells the story on, up to and including a day, and sets the clock to that day. */
  const tell = async (upTo: string): Promise<void> => {
    for (; told < STORY.steps.length && STORY.steps[told]!.on <= upTo; told++) {
      const { on, as, does } = STORY.steps[told]!;
      const by = as === 'system' ? SYSTEM : await actor(...as);
      await does({ ...t.contextOf(by), today: on }, papers);
    }
    t.on(upTo);
  };
  return { ...t, holders, key, actor, tell };
}

export type Demonstration = Awaited<ReturnType<typeof startDemonstration>>;
