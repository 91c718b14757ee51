import { KEYS } from '../../prisma/demo/parties.ts';
import { STORY } from '../../prisma/demo/story.ts';
import { actorOf } from '../../src/access/api-key.ts';
import { type Context, SYSTEM } from '../../src/access/context.ts';
import type { Role } from '../../src/access/roles.ts';
import type { Deps } from '../../src/http/app.ts';
import { startTestApp } from './app.ts';

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
  const t = await startTestApp(STORY.begins, more);
  const at = (today: string, actor = SYSTEM): Context => ({ ...t.contextOf(actor), today });
  await STORY.prologue(at(STORY.begins));
  const holders: Holder[] = [];
  for (const { role, name, institution, uscc } of KEYS) {
    const key = await t.keyFor({ role, name, institutionCode: institution, enterpriseUscc: uscc });
    holders.push({ role, name, institution, uscc, key });
  }

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

  let told = 0;
  /** Tells the story on, up to and including a day, and sets the clock to that day. */
  const tell = async (upTo: string): Promise<void> => {
    for (; told < STORY.steps.length && STORY.steps[told]!.on <= upTo; told++) {
      const { on, as, does } = STORY.steps[told]!;
      await does(at(on, as === 'system' ? SYSTEM : await actor(...as)), more.attachments ?? t.attachments);
    }
    t.on(upTo);
  };
  if (until) await tell(until);
  return { ...t, key, actor, tell };
}

export type Demonstration = Awaited<ReturnType<typeof startDemonstration>>;
