import { type ChainPart, type Check, genesis, type PrintedHead, sha256 } from './report.ts';

/** A link as the archive has it: its number, its hash, what is hashed, and where it stands. */
export interface Link {
  seq: number;
  hash: string;
  content: Buffer;
  file: string;
  line: number;
}

/**
 * Recomputes a chain link by link. A link is sound when its hash follows from its content and the hash before it, either as stored or as worked out: so what was
 * changed is named, and not all that comes after it. Call `link` in order, then `end`.
 */
export class Chain {
  readonly #check: Check;
  readonly #name: string;
  readonly #what: string;
  readonly #part: ChainPart;
  readonly #hashes = new Map<number, string>();
  #stored: Buffer;
  #worked: Buffer;
  #expected: number;
  constructor(check: Check, name: string, what: string, part: ChainPart) {
    this.#check = check;
    this.#name = name;
    this.#what = what;
    this.#part = part;
    this.#stored = Buffer.from(part.before, 'hex');
    this.#worked = this.#stored;
    this.#expected = part.from;
    this.#hashes.set(part.from - 1, part.before);
    if (part.from === 1 && part.before !== genesis(name))
      check.find({ check: 'chain.begin', file: 'manifest.json', about: what, text: '链的起点与约定的不符' });
  }

  /** The hashes as they stand in the archive, by number; before the first that which it follows. */
  get hashes(): ReadonlyMap<number, string> {
    return this.#hashes;
  }

  /** The next link; says whether it is sound. */
  link({ seq, hash, content, file, line }: Link): boolean {
    const about = `${this.#what} ${seq}`;
    const gap = seq !== this.#expected;
    if (gap) {
      const text =
        seq > this.#expected
          ? `第 ${this.#expected} 号${seq - 1 > this.#expected ? `至第 ${seq - 1} 号` : ''}缺失：被删除`
          : '编号重复或顺序颠倒';
      this.#check.find({ check: 'chain.gap', file, line, about, text });
    }
    const stored = Buffer.from(hash, 'hex');
    const follows = sha256(this.#worked, content);
    const sound = gap || follows.equals(stored) || sha256(this.#stored, content).equals(stored);
    if (!sound) this.#check.find({ check: 'chain.hash', file, line, about, text: '内容与其散列值不符：被改动' });
    this.#worked = sound ? stored : follows;
    this.#stored = stored;
    this.#hashes.set(seq, hash);
    this.#expected = seq + 1;
    return sound;
  }

  /** A link of which only the hash is left. */
  lost(seq: number, hash: string): void {
    this.#stored = Buffer.from(hash, 'hex');
    this.#worked = this.#stored;
    this.#hashes.set(seq, hash);
    this.#expected = seq + 1;
  }

  /** After the last link: does it end where the manifest says, and are all printed heads in it? */
  end(file: string): void {
    const { from, to, head } = this.#part;
    const last = this.#expected - 1;
    if (last !== to && !(to < from && last === from - 1)) {
      const text = `止于第 ${last} 号，目录写明第 ${to} 号：末尾被删去或增添`;
      this.#check.find({ check: 'chain.end', file, about: this.#what, text });
    }
    if (this.#hashes.get(to) !== head)
      this.#check.find({ check: 'chain.head', file, about: this.#what, text: `第 ${to} 号的散列值与目录所载不符` });
    // What papers within the archive say may have been forged with it: it narrows nothing that paper outside says.
    const mine = this.#check.heads.filter(({ chain }) => chain === this.#name).sort((a, b) => a.count - b.count);
    const held = { inside: from - 1, outside: from - 1 };
    const seen = new Set<string>();
    for (const printed of mine) {
      const key = `${printed.count} ${printed.hash} ${printed.outside}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const place = printed.outside ? 'outside' : 'inside';
      held[place] = this.#compare(printed, held[place]);
      held.inside = Math.max(held.inside, held.outside);
    }
  }

  /** A printed head beside the chain; `held` is the last number up to which a head was found right. */
  #compare({ count, hash, from }: PrintedHead, held: number): number {
    const found = this.#hashes.get(count);
    if (found === hash) return Math.max(held, count);
    if (count < this.#part.from - 1) return held;
    const text =
      found === undefined
        ? `所印为 ${count} 笔，档案中没有第 ${count} 号：末尾被删去，或该单据晚于本档案`
        : `第 ${count} 号处的散列值与所印不符：第 ${held + 1} 号至第 ${count} 号之间被改写`;
    this.#check.find({ check: 'chain.printed', file: from, about: `${this.#what} ${held + 1}–${count}`, text });
    return held;
  }
}
